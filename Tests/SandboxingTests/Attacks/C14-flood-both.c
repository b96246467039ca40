// case: C14
// attack: writes to both its streams without end, so that none reaches the limit by itself
// expect: outcome output
// outside: through
#include "attack.h"
static char block[1 << 12];
int main(void) {
    memset(block, '\n', sizeof block);
    for (long bytes = 0; bytes < 3 << 19; bytes += 2 * sizeof block)
        if (write(1, block, sizeof block) < 0 || write(2, block, sizeof block) < 0)
            held("%s", strerrorname_np(errno));
    through("1.5 MiB of 1");
}
