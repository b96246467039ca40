// case: B24
// attack: becomes a real-time or deadline process, which runs before all others
// expect: held
// outside: through as root or absent
#include "attack.h"
int main(void) {
    struct sched_param parameters = {.sched_priority = 1};
    uint64_t deadline[6] = {48 | 6ull << 32, 0, 0, 1000000, 2000000, 2000000};
    try_call(sched_setscheduler(0, SCHED_RR, &parameters));
    try_call(sched_setscheduler(0, SCHED_FIFO, &parameters));
    must_fail(syscall(SYS_sched_setattr, 0, deadline, 0));
}
