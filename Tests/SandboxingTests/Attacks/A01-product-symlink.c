// case: A01 E10
// attack: leaves a symbolic link to a file of the host where the host takes the product
// expect: refused
// outside: through
// stage: product
#include "attack.h"
int main(void) {
    if (symlink(given("CANARY"), "product")) return 2;
    held("left a link");
}
