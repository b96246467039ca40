// case: C17 J08
// attack: sets the clock of the machine
// expect: held
// outside: untried: needs rights, and with them the host's clock is wrong
#include "attack.h"
#include <sys/time.h>
#include <sys/timex.h>
int main(void) {
    struct timespec then = {1, 0};
    struct timeval when = {1, 0};
    struct timex change = {.modes = ADJ_OFFSET};
    try_call(clock_settime(CLOCK_REALTIME, &then));
    try_call(settimeofday(&when, 0));
    try_call(syscall(SYS_clock_adjtime, CLOCK_REALTIME, &change));
    must_fail(adjtimex(&change));
}
