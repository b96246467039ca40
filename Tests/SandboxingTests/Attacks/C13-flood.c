// case: C13 C14
// attack: writes to standard output without end
// expect: outcome output
// outside: through
#include "attack.h"
static char block[1 << 16];
int main(void) {
    memset(block, 'x', sizeof block);
    block[sizeof block - 1] = '\n';
    for (long bytes = 0; bytes < 4 << 20; bytes += sizeof block)
        if (write(1, block, sizeof block) < 0) held("%s", strerrorname_np(errno));
    tell("\n");
    through("4 MiB of 1");
}
