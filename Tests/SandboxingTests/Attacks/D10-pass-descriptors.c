// case: D10
// attack: passes a descriptor to a run in another slot
// expect: held
// outside: through
// runs: a beside b
#include "attack.h"
#include <stddef.h>
#include <sys/un.h>
int main(int count, char **arguments) {
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "/tmp/judge-attack-pass"};
    char space[CMSG_SPACE(sizeof(int))] = {0}, byte = 'x';
    struct iovec piece = {&byte, 1};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    int datagrams = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (is(count, arguments, "a")) {
        unlink(name.sun_path);
        if (bind(datagrams, (struct sockaddr *)&name, sizeof name)) return 2;
        tell("ready\n");
        if (recvmsg(datagrams, &message, 0) > 0 && CMSG_FIRSTHDR(&message)) through("got a descriptor");
        return 0;
    }
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    int file = open("/dev/null", O_RDONLY);
    memcpy(CMSG_DATA(header), &file, sizeof file);
    if (connect(datagrams, (struct sockaddr *)&name, sizeof name)) held("%s", strerrorname_np(errno));
    long sent = sendmsg(datagrams, &message, 0);
    unlink(name.sun_path);
    if (sent > 0) through("sent a descriptor");
    held("%s", strerrorname_np(errno));
}
