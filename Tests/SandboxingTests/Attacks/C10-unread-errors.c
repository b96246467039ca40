// case: C10 C22
// attack: has the kernel keep errors of datagrams that nobody takes in, and that it never fetches, charged to nobody
// expect: held or outcome memory
// outside: through
// limits: memory=32M
#include "attack.h"
#include <arpa/inet.h>
#include <netinet/in.h>
int main(void) {
    int kept = 0, one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    for (int number = 0; number < 50; number += 1) {
        int sender = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        if (sender < 0 || setsockopt(sender, IPPROTO_IP, IP_RECVERR, &one, sizeof one)) continue;
        for (int count = 0; count < 50; count += 1) sendto(sender, "x", 1, 0, (void *)&address, sizeof address);
        char bytes[64], space[256];
        struct iovec piece = {bytes, sizeof bytes};
        struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
        while (recvmsg(sender, &message, MSG_ERRQUEUE) >= 0) {
            kept += 1;
            message.msg_controllen = sizeof space;
        }
    }
    // Each is a packet of the kernel's; a socket keeps 200 KiB of them, and there is any number of processes.
    if (kept > 100) through("%d errors were kept", kept);
    held("%d errors were kept", kept);
}
