// Stands in for the helper: says that it is set up, and answers everything after that with bytes and
// descriptors at random.
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
static uint64_t state = 88172645463325252u;
static uint64_t next(void) {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}
static void answer(void *bytes, size_t size, int descriptors) {
    char control[CMSG_SPACE(8 * sizeof(int))];
    struct iovec part = {bytes, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    memset(control, 0, sizeof control);
    if (descriptors > 0) {
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(descriptors * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(descriptors * sizeof(int));
        memset(CMSG_DATA(header), 0, descriptors * sizeof(int));
    }
    sendmsg(3, &message, MSG_NOSIGNAL);
}
int main(void) {
    static uint8_t request[1 << 18];
    // 1: done; 2: failed; 3: a report; 4: a file; 5: no file; 6: retired; 10: a size.
    static const uint8_t kinds[] = {1, 1, 1, 1, 2, 3, 4, 4, 4, 5, 6, 10};
    int isFirst = 1;
    while (recv(3, request, sizeof request, 0) > 0) {
        uint8_t bytes[256];
        for (size_t at = 0; at < sizeof bytes; at += 1) bytes[at] = next() >> 56;
        bytes[0] = next() % 8 ? kinds[next() % sizeof kinds] : bytes[0];
        // Half of the answers are whole, as far as that can be had by size alone.
        size_t size = next() % 2 ? 1 : 1 + next() % 255;
        if (isFirst) bytes[0] = 1, size = 1;
        answer(bytes, size, isFirst ? 0 : next() % 4);
        isFirst = 0;
    }
    return 0;
}
