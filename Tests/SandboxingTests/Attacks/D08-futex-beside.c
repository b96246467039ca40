// case: D08
// attack: wakes a run in another slot that waits on a page of a file that both map
// expect: known
// outside: through
// runs: a beside b
#include "attack.h"
#include <linux/futex.h>
int main(int count, char **arguments) {
    const char *files[] = {"/usr/bin/env", "/proc/self/exe", "/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2", "/etc/passwd", "/usr/share/common-licenses/GPL-3"};
    for (int index = 0; index < 6; index += 1) {
        int file = open(files[index], O_RDONLY);
        unsigned *page = mmap(0, 4096, PROT_READ, MAP_SHARED, file, 0);
        if (file < 0 || page == MAP_FAILED) continue;
        if (is(count, arguments, "a")) {
            if (fork()) continue;
            if (!syscall(SYS_futex, page, FUTEX_WAIT, *page, 0, 0, 0)) through("woken on %s", files[index]);
            _exit(0);
        }
        // More than once: the other may not wait yet.
        for (int round = 0; round < 50; round += 1) {
            if (syscall(SYS_futex, page, FUTEX_WAKE, 1, 0, 0, 0) > 0) through("woke another on %s", files[index]);
            usleep(1000);
        }
    }
    if (is(count, arguments, "b")) held("nobody was woken");
    tell("ready\n");
    for (;;) pause();
}
