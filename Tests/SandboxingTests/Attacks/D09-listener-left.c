// case: D09
// attack: leaves a listener on loopback for the next test
// expect: held
// outside: harmful: it would live on beside the tests
// runs: leave, find
#include "attack.h"
#include <netinet/in.h>
int main(int count, char **arguments) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(47116), .sin_addr.s_addr = htonl(0x7f000001)};
    int stream = socket(AF_INET, SOCK_STREAM, 0);
    if (is(count, arguments, "find")) must_fail(connect(stream, (struct sockaddr *)&here, sizeof here));
    if (bind(stream, (struct sockaddr *)&here, sizeof here) || listen(stream, 1)) return 2;
    if (!fork()) {
        setsid();
        for (;;) pause();
    }
    return 0;
}
