// case: A20 D06
// attack: opens an RxRPC socket, by which pages of read-only files were written
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    must_fail(socket(33 /* AF_RXRPC */, SOCK_DGRAM, AF_INET));
}
