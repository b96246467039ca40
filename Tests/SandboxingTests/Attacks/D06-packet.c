// case: D06
// attack: opens packet sockets and express data paths
// expect: held
// outside: through as root
#include "attack.h"
int main(void) {
    try_call(socket(AF_PACKET, SOCK_RAW, 0x0300));
    try_call(socket(AF_PACKET, SOCK_DGRAM, 0x0300));
    must_fail(socket(44 /* AF_XDP */, SOCK_RAW, 0));
}
