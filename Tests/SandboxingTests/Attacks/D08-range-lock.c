// case: D08
// attack: signals a run in another slot by range locks (fcntl) on files that both see
// expect: held
// outside: through
// runs: a beside b
#include "attack.h"
static const char *files[] = {"/usr/bin/env", "/dev/null", "/dev/zero", "/dev/full", "/etc/passwd", "/etc/group"};
int main(int count, char **arguments) {
    for (int index = 0; index < 6; index += 1) {
        struct flock lock = {.l_type = F_RDLCK, .l_start = 4711, .l_len = 1};
        int file = open(files[index], O_RDWR);
        if (file < 0) file = open(files[index], O_RDONLY);
        if (is(count, arguments, "a")) {
            // The devices can be opened for writing, so that their lock excludes.
            struct flock whole = {.l_type = F_WRLCK, .l_start = 4711, .l_len = 1};
            if (fcntl(file, F_SETLK, &whole)) fcntl(file, F_SETLK, &lock);
            continue;
        }
        lock.l_type = F_WRLCK;
        if (!fcntl(file, F_GETLK, &lock) && lock.l_type != F_UNLCK) through("%s is locked by %d", files[index], lock.l_pid);
        lock = (struct flock){.l_type = F_WRLCK, .l_start = 4711, .l_len = 1};
        if (!fcntl(file, F_OFD_GETLK, &lock) && lock.l_type != F_UNLCK) through("%s is locked by another", files[index]);
    }
    if (is(count, arguments, "b")) held("no lock is seen");
    tell("ready\n");
    for (;;) pause();
}
