// case: D06
// attack: opens a socket of every other family and kind, also with upper bits set
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    int kinds[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, SOCK_RDM, 6 /* DCCP */};
    for (int family = 0; family < 64; family += 1)
        for (int kind = 0; kind < 6; kind += 1) {
            if (family == AF_UNIX || family == AF_INET || family == AF_INET6) continue;
            long number = syscall(SYS_socket, family, kinds[kind], 0);
            if (number < 0) number = syscall(SYS_socket, 0x100000000 | family, kinds[kind], 0);
            if (number >= 0) through("family %d, kind %d", family, kinds[kind]);
        }
    held("none exists");
}
