// case: D01
// attack: makes packets by hand, for ICMP and for whatever else
// expect: held
// outside: through as root
#include "attack.h"
#include <netinet/in.h>
int main(void) {
    try_call(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
    try_call(socket(AF_INET, SOCK_RAW, IPPROTO_RAW));
    try_call(socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));
    must_fail(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP));
}
