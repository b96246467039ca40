// case: A01
// attack: leaves a link through /proc/self/root, which the host would resolve as itself
// expect: refused
// outside: through
// stage: product
#include "attack.h"
int main(void) {
    char path[4096];
    snprintf(path, sizeof path, "/proc/self/root%s", given("CANARY"));
    if (symlink(path, "product")) return 2;
    held("left a link");
}
