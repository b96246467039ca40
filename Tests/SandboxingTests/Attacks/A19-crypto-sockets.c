// case: A19 D06
// attack: opens the kernel's crypto interface (AF_ALG), by which pages of read-only files were written
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    must_fail(socket(38 /* AF_ALG */, SOCK_SEQPACKET, 0));
}
