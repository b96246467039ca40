// case: C10 C16
// attack: takes memory on its stack beyond its memory limit
// expect: outcome memory
// outside: through
// limits: memory=24M stack=128M
#include "attack.h"
__attribute__((noinline)) static int deeper(int depth) {
    volatile char block[1 << 16];
    memset((char *)block, depth, sizeof block);
    return depth ? deeper(depth - 1) + block[77] : block[99];
}
int main(void) {
    int sum = deeper(1024);
    through("64 MiB of 24, %d", sum);
}
