// case: D08 D10
// attack: listens on loopback and on local names for a run in another slot
// expect: held
// outside: through
// runs: a beside b
#include "attack.h"
#include <netinet/in.h>
#include <sys/un.h>
int main(int count, char **arguments) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(47115), .sin_addr.s_addr = htonl(0x7f000001)};
    struct sockaddr_un hidden = {.sun_family = AF_UNIX, .sun_path = "\0judge-attack-beside"};
    int stream = socket(AF_INET, SOCK_STREAM, 0), local = socket(AF_UNIX, SOCK_STREAM, 0), yes = 1;
    if (is(count, arguments, "a")) {
        setsockopt(stream, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (bind(local, (struct sockaddr *)&hidden, sizeof hidden) || listen(local, 1)) return 2;
        if (!bind(stream, (struct sockaddr *)&here, sizeof here)) listen(stream, 1);
        tell("ready\n");
        for (;;) pause();
    }
    try_call(connect(stream, (struct sockaddr *)&here, sizeof here));
    must_fail(connect(local, (struct sockaddr *)&hidden, sizeof hidden));
}
