// case: D08
// attack: signals a run in another slot by locks (flock) on files that both see
// expect: held
// outside: through
// runs: a beside b
#include "attack.h"
#include <sys/file.h>
static const char *files[] = {"/usr/bin/env", "/usr", "/usr/bin", "/dev/null", "/etc/passwd", "/", "/proc/self/exe", "/etc"};
int main(int count, char **arguments) {
    int busy = 0;
    for (int index = 0; index < 8; index += 1) {
        int file = open(files[index], O_RDONLY);
        if (file < 0 || !flock(file, LOCK_EX | LOCK_NB) || errno != EWOULDBLOCK) continue;
        busy = index + 1;
    }
    if (is(count, arguments, "a")) {
        tell("ready\n");
        for (;;) pause();
    }
    if (busy) through("%s is locked by the other", files[busy - 1]);
    held("no lock is seen");
}
