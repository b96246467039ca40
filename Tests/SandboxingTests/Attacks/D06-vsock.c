// case: D06
// attack: opens a socket to the machine that this machine runs on (AF_VSOCK)
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    must_fail(socket(40 /* AF_VSOCK */, SOCK_STREAM, 0));
}
