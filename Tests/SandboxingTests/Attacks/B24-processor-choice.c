// case: B24
// attack: chooses its processors, and with them its neighbours
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    cpu_set_t all;
    memset(&all, -1, sizeof all);
    must_fail(sched_setaffinity(0, sizeof all, &all));
}
