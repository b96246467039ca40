// case: C02 A17 D09
// attack: leaves standard output in a socket that nobody holds but itself, so that no end of it is seen
// expect: exit 0
// outside: untried: who reads its output would wait
#include "attack.h"
int main(void) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends)) return 2;
    int sent[] = {1, 2, ends[0], ends[1]};
    char space[CMSG_SPACE(sizeof sent)] = {0}, byte = 'x';
    struct iovec piece = {&byte, 1};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof sent);
    memcpy(CMSG_DATA(header), sent, sizeof sent);
    return sendmsg(ends[0], &message, 0) == 1 ? 0 : 3;
}
