// case: C08
// attack: burns processor time in children that end before anybody looks at them
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
#include <sys/resource.h>
int main(void) {
    struct rusage used;
    do {
        int child = fork();
        if (!child) {
            for (long until = cpu_ms() + 2; cpu_ms() < until;) {}
            _exit(0);
        }
        // Waited for only so that the sum is known here.
        waitpid(child, 0, 0);
        getrusage(RUSAGE_CHILDREN, &used);
    } while (used.ru_utime.tv_sec * 1000 + used.ru_utime.tv_usec / 1000 + used.ru_stime.tv_sec * 1000
        + used.ru_stime.tv_usec / 1000 < 500);
    through("500 ms of 200");
}
