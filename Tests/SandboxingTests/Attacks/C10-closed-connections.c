// case: C10 C22
// attack: opens and closes connections without end, each of which the kernel remembers and charges to nobody
// expect: held
// outside: through
#include "attack.h"
#include <arpa/inet.h>
#include <netinet/in.h>
int main(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), remembered = 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    bind(listener, (void *)&address, length);
    listen(listener, 8);
    getsockname(listener, (void *)&address, &length);
    for (int number = 0; number < 3000; number += 1) {
        int caller = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(caller, (void *)&address, length)) held("connection %d: %s", number, strerrorname_np(errno));
        int accepted = accept(listener, 0, 0);
        close(caller);
        close(accepted);
    }
    char line[256];
    FILE *table = fopen("/proc/self/net/sockstat", "r");
    while (table && fgets(line, sizeof line, table))
        if (sscanf(line, "TCP: inuse %*d orphan %*d tw %d", &remembered) == 1) break;
    if (remembered > 2000) through("%d are remembered", remembered);
    if (remembered == 0) through("nothing is said of them");
    held("%d are remembered", remembered);
}
