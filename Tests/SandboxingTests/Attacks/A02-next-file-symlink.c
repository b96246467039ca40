// case: A02
// attack: plants a symbolic link at the name that the host writes next
// expect: held
// outside: through
// stage: put
#include "attack.h"
int main(void) {
    if (symlink(given("CANARY"), "next")) return 2;
    held("left a link");
}
