// case: C15
// attack: writes zero bytes without a line's end
// expect: outcome output
// outside: through
#include "attack.h"
static char block[1 << 20];
int main(void) {
    for (int piece = 0; piece < 3; piece += 1)
        if (write(1, block, sizeof block) < 0) held("%s", strerrorname_np(errno));
    tell("\n");
    through("3 MiB of 1");
}
