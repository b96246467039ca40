// case: C10
// attack: takes memory in children, each of which is within the limit
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
int main(void) {
    int ready[2];
    char byte;
    if (pipe(ready)) return 2;
    for (int child = 0; child < 6; child += 1) {
        if (!fork()) {
            char *bytes = malloc(10 << 20);
            memset(bytes, 1, 10 << 20);
            if (write(ready[1], "x", 1) != 1) _exit(2);
            for (;;) pause();
        }
        if (read(ready[0], &byte, 1) != 1) return 3;
    }
    // The kernel may have killed one that was ready for the sake of another.
    if (waitpid(-1, 0, WNOHANG) > 0) return 1;
    tell("through: 60 MiB of 24\n");
    kill(0, SIGKILL);
}
