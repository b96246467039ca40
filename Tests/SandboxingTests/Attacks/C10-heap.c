// case: C10
// attack: takes memory by malloc beyond its limit
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
int main(void) {
    for (int block = 0; block < 64; block += 1) {
        char *bytes = malloc(1 << 20);
        if (!bytes) held("malloc gave none");
        memset(bytes, block + 1, 1 << 20);
    }
    through("64 MiB of 24");
}
