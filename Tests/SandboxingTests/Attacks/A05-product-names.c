// case: A05
// attack: relies on the host's resolving ., .., double and trailing slashes in a product's name
// expect: refused
// outside: through
// stage: product
// take: ./product product/ //product x/../product ../box/product . .. /etc/passwd
#include "attack.h"
int main(void) {
    if (symlink(given("CANARY"), "product") || mkdir("x", 0755)) return 2;
    held("left a link");
}
