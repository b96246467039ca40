// case: C10
// attack: takes memory in the buffers of pipes
// expect: outcome memory or held
// outside: through
// limits: memory=16M
#include "attack.h"
static char block[1 << 16];
int main(void) {
    long bytes = 0;
    for (int number = 0; number < 28; number += 1) {
        int ends[2];
        if (pipe2(ends, O_NONBLOCK)) break;
        fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
        for (long count; (count = write(ends[1], block, sizeof block)) > 0;) bytes += count;
    }
    if (bytes > 16 << 20) through("%ld KiB of 16384", bytes >> 10);
    held("%ld KiB", bytes >> 10);
}
