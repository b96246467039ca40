// case: A20
// attack: sets an IPsec policy on a socket of its own, as the way to ESP over spliced pages
// expect: held
// outside: through as root or absent
#include "attack.h"
#include <netinet/in.h>
int main(void) {
    char policy[512] = {0};
    int datagrams = socket(AF_INET, SOCK_DGRAM, 0);
    if (datagrams < 0) held("no socket at all");
    try_call(setsockopt(datagrams, IPPROTO_IP, 17 /* IP_XFRM_POLICY */, policy, sizeof policy));
    must_fail(socket(AF_NETLINK, SOCK_RAW, 6 /* NETLINK_XFRM */));
}
