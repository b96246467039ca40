// case: C08 C02
// attack: burns processor time in grandchildren that nobody of the run waits for
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
int main(void) {
    int done[2];
    if (pipe(done)) return 2;
    for (int round = 0; round < 8; round += 1) {
        int child = fork();
        if (!child) {
            if (!fork()) {
                while (cpu_ms() < 80) {}
                _exit(write(done[1], "x", 1) != 1);
            }
            _exit(0);
        }
        char byte;
        waitpid(child, 0, 0);
        if (read(done[0], &byte, 1) != 1) return 3;
    }
    through("640 ms of 200");
}
