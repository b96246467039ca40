// case: A04
// attack: swaps the directory of the product for a link to the host's before it is taken
// expect: refused
// outside: through
// stage: product
// take: out/canary
#include "attack.h"
int main(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s", given("CANARY"));
    *strrchr(path, '/') = 0;
    if (mkdir("out", 0755) || rename("out", "in") || symlink(path, "out")) return 2;
    held("left a link in place of the directory");
}
