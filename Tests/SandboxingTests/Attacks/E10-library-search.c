// case: E10 E13
// attack: leaves libraries and configuration where the loader of the next run would look
// expect: held
// outside: untried: a host's loader does not look where an ordinary user may write
// runs: leave, find
#include "attack.h"
int main(int count, char **arguments) {
    const char *places[] = {"/etc/ld.so.preload", "/tmp/libc.so.6", "/dev/shm/libc.so.6", "/usr/lib/libc.so.7",
        "/usr/local/lib/libc.so.6", "/box/libc.so.6", "/etc/ld.so.cache", "/lib64/ld-linux-x86-64.so.2"};
    if (is(count, arguments, "leave")) {
        for (int index = 0; index < 8; index += 1)
            if (open(places[index], O_WRONLY | O_CREAT, 0755) >= 0 && index != 1 && index != 2)
                through("wrote %s", places[index]);
        return 0;
    }
    try_call(access("/tmp/libc.so.6", F_OK));
    try_call(access("/dev/shm/libc.so.6", F_OK));
    must_fail(access("/etc/ld.so.preload", F_OK));
}
