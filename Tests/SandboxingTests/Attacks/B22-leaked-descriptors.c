// case: B22 B23
// attack: uses every descriptor beyond the three, whatever it is
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    struct stat facts;
    for (int number = 3; number < 65536; number += 1)
        if (!fstat(number, &facts)) through("descriptor %d is open", number);
    held("none is open");
}
