// case: C17
// attack: sets and catches the timers and limits by which a judge might measure it
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
#include <sys/resource.h>
#include <sys/time.h>
static void ignore(int number) { (void)number; }
int main(void) {
    struct itimerval often = {{0, 10000}, {0, 10000}};
    struct rlimit more = {3600, 3600};
    struct sigaction action = {.sa_handler = ignore, .sa_flags = SA_RESTART};
    for (int number = 1; number < 32; number += 1) sigaction(number, &action, 0);
    setitimer(ITIMER_REAL, &often, 0);
    setitimer(ITIMER_PROF, &often, 0);
    setrlimit(RLIMIT_CPU, &more);
    alarm(3600);
    while (cpu_ms() < 500) {}
    through("500 ms of 200");
}
