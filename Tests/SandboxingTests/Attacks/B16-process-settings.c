// case: B16
// attack: sets what prctl lets one set of others: tracers, subreaper, memory map, name with codes
// expect: held
// outside: through
#include "attack.h"
#include <sys/prctl.h>
int main(void) {
    prctl(PR_SET_NAME, "\x1b[2J\nUid: 0");
    prctl(PR_SET_DUMPABLE, 1);
    try_call(prctl(0x59616d61 /* PR_SET_PTRACER */, -1ul, 0, 0, 0));
    try_call(prctl(PR_SET_MM, 11 /* ARG_END */, 4096, 0, 0));
    try_call(prctl(PR_SET_SECUREBITS, 0x2f, 0, 0, 0));
    try_call(prctl(PR_TASK_PERF_EVENTS_DISABLE, 0, 0, 0, 0));
    must_fail(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0));
}
