// Tries every family, type and protocol of socket and socketpair, and prints those that exist.
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
static const int protocols[] = {0, 1, 2, 6, 17, 33, 41, 58, 132, 136, 255, 262};
int main(void) {
    int ends[2];
    for (int family = -1; family < 64; family += 1)
        for (int type = 0; type < 16; type += 1)
            for (unsigned index = 0; index < sizeof protocols / sizeof *protocols; index += 1) {
                int protocol = protocols[index];
                int made = socket(family, type, protocol);
                if (made >= 0 || errno != ENOSYS)
                    printf("socket %d %d %d\n", family, type, protocol);
                close(made);
                made = socketpair(family, type | SOCK_CLOEXEC, protocol, ends);
                if (made >= 0 || errno != ENOSYS)
                    printf("pair %d %d %d\n", family, type, protocol);
                if (made == 0) close(ends[0]), close(ends[1]);
            }
    return 0;
}
