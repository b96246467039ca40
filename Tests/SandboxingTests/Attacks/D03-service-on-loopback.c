// case: D03
// attack: connects to a service of the host's on loopback
// expect: held
// outside: through
#include "attack.h"
#include <arpa/inet.h>
#include <netinet/in.h>
int main(void) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(atoi(given("PORT")))};
    inet_pton(AF_INET, "127.0.0.1", &there.sin_addr);
    try_call(connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&there, sizeof there));
    inet_pton(AF_INET, "0.0.0.0", &there.sin_addr);
    must_fail(connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&there, sizeof there));
}
