// case: C10
// attack: takes memory in a static array beyond its limit
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
static char array[64 << 20];
int main(void) {
    memset(array, 1, sizeof array);
    through("64 MiB of 24, %d", array[4711]);
}
