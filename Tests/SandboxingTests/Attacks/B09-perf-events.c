// case: B09
// attack: counts processor events by perf_event_open, a clock for side channels
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    uint32_t event[32] = {1 /* software */, 128, 1 /* task clock */};
    event[10] = 1 << 5 | 1 << 6; // exclude_kernel, exclude_hv
    must_fail(syscall(SYS_perf_event_open, event, 0, -1, -1, 0));
}
