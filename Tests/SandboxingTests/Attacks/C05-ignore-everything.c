// case: C05
// attack: ignores and blocks every signal and burns processor time
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
int main(void) {
    sigset_t every;
    for (int number = 1; number < 65; number += 1) signal(number, SIG_IGN);
    sigfillset(&every);
    sigprocmask(SIG_BLOCK, &every, 0);
    while (cpu_ms() < 500) {}
    through("500 ms of 200");
}
