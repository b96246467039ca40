// case: C02 E14
// attack: ends at once and leaves a child that goes on
// expect: exit 0
// outside: through
#include "attack.h"
int main(void) {
    int parent = getpid();
    if (!fork()) {
        setsid();
        signal(SIGHUP, SIG_IGN);
        while (getppid() == parent) sched_yield();
        // What the machine needs to end it is far less than this.
        while (cpu_ms() < 200) {}
        through("alive 200 ms after its parent");
    }
    return 0;
}
