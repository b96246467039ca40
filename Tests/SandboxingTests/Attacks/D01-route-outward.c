// case: D01
// attack: looks for a route to the world, IPv4 and IPv6, without sending anything
// expect: held
// outside: through or absent
#include "attack.h"
#include <arpa/inet.h>
#include <netinet/in.h>
// Connecting a datagram socket asks for the route and sends nothing.
static int reach(const char *text) {
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(53)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(53)};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return connect(socket(AF_INET, SOCK_DGRAM, 0), (struct sockaddr *)&four, sizeof four);
    inet_pton(AF_INET6, text, &six.sin6_addr);
    return connect(socket(AF_INET6, SOCK_DGRAM, 0), (struct sockaddr *)&six, sizeof six);
}
int main(void) {
    try_call(reach("192.0.2.77"));
    try_call(reach("198.51.100.1"));
    try_call(reach("10.0.0.1"));
    try_call(reach("255.255.255.255"));
    try_call(reach("2001:db8::1"));
    must_fail(reach("fe80::1"));
}
