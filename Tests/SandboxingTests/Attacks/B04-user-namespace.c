// case: B04
// attack: makes a user namespace, in which it would have every right
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    must_fail(unshare(CLONE_NEWUSER));
}
