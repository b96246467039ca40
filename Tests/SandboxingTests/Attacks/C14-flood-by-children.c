// case: C14
// attack: lets children write to standard error, which a judge may not count
// expect: outcome output
// outside: through
#include "attack.h"
static char block[1 << 14];
int main(void) {
    memset(block, '\n', sizeof block);
    for (int child = 0; child < 4; child += 1)
        if (!fork()) {
            for (long bytes = 0; bytes < 1 << 19; bytes += sizeof block)
                if (write(2, block, sizeof block) < 0) _exit(1);
            _exit(0);
        }
    while (wait(0) > 0) {}
    through("2 MiB of 1");
}
