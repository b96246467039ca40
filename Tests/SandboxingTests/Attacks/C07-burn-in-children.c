// case: C07
// attack: burns processor time in four children, none of which reaches the limit by itself
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
int main(void) {
    for (int child = 0; child < 4; child += 1)
        if (!fork()) {
            while (cpu_ms() < 150) {}
            _exit(0);
        }
    while (wait(0) > 0) {}
    through("600 ms of 200");
}
