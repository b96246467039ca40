// case: D01
// attack: gives its network an address, an interface and a route
// expect: held
// outside: through as root
#include "attack.h"
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
int main(void) {
    struct ifreq interface = {.ifr_name = "lo"};
    struct rtentry route = {.rt_flags = RTF_UP};
    int datagrams = socket(AF_INET, SOCK_DGRAM, 0);
    interface.ifr_addr.sa_family = AF_INET;
    try_call(ioctl(datagrams, SIOCSIFADDR, &interface));
    try_call(ioctl(datagrams, SIOCADDRT, &route));
    must_fail(open("/dev/net/tun", O_RDWR));
}
