// case: A07
// attack: leaves a product that has a second name, which may belong to another
// expect: refused
// outside: through
// stage: product
#include "attack.h"
int main(void) {
    int file = creat("other", 0644);
    if (file < 0 || write(file, "x", 1) != 1 || link("other", "product")) return 2;
    held("left two names");
}
