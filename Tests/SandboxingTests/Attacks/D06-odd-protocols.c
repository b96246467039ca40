// case: D06 D01
// attack: opens rare transports over IP: SCTP, DCCP, MPTCP, UDP-Lite, L2TP, and their encapsulation
// expect: held
// outside: through or absent
#include "attack.h"
#include <netinet/in.h>
int main(void) {
    try_call(socket(AF_INET, SOCK_STREAM, 132));
    try_call(socket(AF_INET, SOCK_SEQPACKET, 132));
    try_call(socket(AF_INET, 6, 33));
    try_call(socket(AF_INET, SOCK_STREAM, 262));
    try_call(socket(AF_INET, SOCK_DGRAM, 136));
    must_fail(socket(AF_INET, SOCK_DGRAM, 115));
}
