// case: A03
// attack: plants a chain of links at the name whose mode the host sets next
// expect: held
// outside: through
// stage: put
#include "attack.h"
int main(void) {
    if (symlink(given("CANARY"), "hop") || symlink("hop", "next")) return 2;
    held("left a chain");
}
