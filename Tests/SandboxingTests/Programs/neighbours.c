// Sends a datagram by an interface of the given number to each of many addresses, whatever the routes are: the kernel
// takes such an address for one on the link and looks for the machine that has it. `sent N` tells how many went,
// `full N` how often the kernel had no room for one more machine to look for.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
// Without the option a socket keeps to itself that there was no room.
static int opened(void) {
    int sender = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), wish = 1;
    setsockopt(sender, IPPROTO_IP, IP_RECVERR, &wish, sizeof wish);
    return sender;
}
int main(int count, char **arguments) {
    int sender = opened(), sent = 0, full = 0;
    struct in_pktinfo link = {.ipi_ifindex = count > 1 ? atoi(arguments[1]) : 0};
    for (unsigned number = 0; number < 4096; number += 1) {
        struct sockaddr_in there = {
            .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(0xc6120000 + number)}};
        union {
            char bytes[CMSG_SPACE(sizeof link)];
            struct cmsghdr head;
        } control = {.head = {CMSG_LEN(sizeof link), IPPROTO_IP, IP_PKTINFO}};
        memcpy(CMSG_DATA(&control.head), &link, sizeof link);
        struct iovec content = {"x", 1};
        struct msghdr message = {.msg_name = &there,
                                 .msg_namelen = sizeof there,
                                 .msg_iov = &content,
                                 .msg_iovlen = 1,
                                 .msg_control = &control,
                                 .msg_controllen = sizeof control};
        if (sendmsg(sender, &message, 0) == 1)
            sent += 1;
        else if (errno == EAGAIN) {
            // What waits for an answer is the socket's; a new socket has room.
            sender = opened();
            number -= 1;
        } else
            full += errno == ENOBUFS;
    }
    printf("sent %d\nfull %d\n", sent, full);
    return 0;
}
