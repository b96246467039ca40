// Uses argv[1] MiB of stack.
#include <stdlib.h>
static int deeper(long levels) {
    volatile char page[4096];
    page[0] = (char)levels;
    return levels == 0 ? page[0] : deeper(levels - 1) + page[0];
}
int main(int argc, char **argv) { return deeper(atol(argv[1]) * 256) == 1 ? 1 : 0; }
