// case: D02
// attack: looks for a route to the metadata service of clouds, without sending anything
// expect: held
// outside: through or absent
#include "attack.h"
#include <arpa/inet.h>
#include <netinet/in.h>
int main(void) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(80)};
    inet_pton(AF_INET, "169.254.169.254", &there.sin_addr);
    must_fail(connect(socket(AF_INET, SOCK_DGRAM, 0), (struct sockaddr *)&there, sizeof there));
}
