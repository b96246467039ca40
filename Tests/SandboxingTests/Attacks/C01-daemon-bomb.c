// case: C01
// attack: forks daemons: each in a session of its own, by a parent that is gone
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    int alive[2];
    if (pipe(alive)) return 2;
    for (int count = 0; count < 64; count += 1) {
        int child = fork(), status;
        if (child < 0) held("%s after %d", strerrorname_np(errno), count);
        if (!child) {
            setsid();
            int second = fork();
            if (second < 0) _exit(1);
            if (second) _exit(0);
            setsid();
            close(1);
            close(2);
            for (;;) pause();
        }
        if (waitpid(child, &status, 0) != child || status) held("the second was refused after %d", count);
    }
    through("64 daemons at one time");
}
