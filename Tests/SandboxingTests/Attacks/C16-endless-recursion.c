// case: C16
// attack: calls itself without end
// expect: signal 11
// outside: through
#include "attack.h"
__attribute__((noinline)) static int deeper(volatile int depth) {
    volatile char block[4096];
    block[0] = depth;
    return depth ? deeper(depth - 1) + block[0] : block[0];
}
int main(void) {
    int sum = deeper(4096);
    through("16 MiB of 8, %d", sum);
}
