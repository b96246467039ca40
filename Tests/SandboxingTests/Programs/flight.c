// Sends a descriptor through a socket where it stays: "held FD SOCKET" through a socket that somebody else has the
// other end of, "cycle FD" through one that nobody holds but the message in it.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int count, char **arguments) {
    int ends[2], sent[3] = {atoi(arguments[2])}, number = 1;
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends)) return 1;
    if (!strcmp(arguments[1], "cycle")) {
        sent[number++] = ends[0];
        sent[number++] = ends[1];
    }
    char byte = 'x', space[CMSG_SPACE(sizeof sent)] = {0};
    struct iovec part = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = CMSG_SPACE(number * sizeof(int))};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(number * sizeof(int));
    memcpy(CMSG_DATA(header), sent, number * sizeof(int));
    if (write(1, "sent\n", 5) != 5) return 2;
    return sendmsg(count > 3 ? atoi(arguments[3]) : ends[0], &message, 0) == 1 ? 0 : 3;
}
