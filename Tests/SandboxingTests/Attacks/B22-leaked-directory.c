// case: B22
// attack: leaves its root through a directory that is still open, or by its working directory
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    char here[4096];
    for (int number = 0; number < 1024; number += 1) try_call(fchdir(number));
    if (!getcwd(here, sizeof here)) held("%s", strerrorname_np(errno));
    if (here[0] != '/') through("outside of the root: %s", here);
    held("in %s", here);
}
