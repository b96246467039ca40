// case: C10
// attack: takes memory in the buffers of local sockets
// expect: outcome memory or held
// outside: through
// limits: memory=8M
#include "attack.h"
static char block[4096];
int main(void) {
    long bytes = 0;
    int size = 1 << 24;
    for (int number = 0; number < 30; number += 1) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends)) break;
        for (int end = 0; end < 2; end += 1) {
            setsockopt(ends[end], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
            for (long count; (count = write(ends[end], block, sizeof block)) > 0;) bytes += count;
        }
    }
    if (bytes > 8 << 20) through("%ld KiB of 8192", bytes >> 10);
    held("%ld KiB", bytes >> 10);
}
