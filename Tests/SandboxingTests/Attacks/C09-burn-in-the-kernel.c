// case: C09
// attack: burns processor time inside system calls: reads of zeros and of random bytes
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
#include <sys/random.h>
static char block[1 << 20];
int main(void) {
    int zeros = open("/dev/zero", O_RDONLY);
    while (cpu_ms() < 500)
        if (read(zeros, block, sizeof block) < 0 || getrandom(block, sizeof block, 0) < 0) return 2;
    through("500 ms of 200");
}
