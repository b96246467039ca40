// case: C10
// attack: takes memory in files without a name (memfd) beyond its limit
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
static char block[1 << 20];
int main(void) {
    memset(block, 1, sizeof block);
    for (int count = 0; count < 64; count += 8) {
        int file = memfd_create("hidden", 0);
        if (file < 0) held("%s", strerrorname_np(errno));
        for (int piece = 0; piece < 8; piece += 1)
            if (write(file, block, sizeof block) != sizeof block) held("%s", strerrorname_np(errno));
    }
    through("64 MiB of 24");
}
