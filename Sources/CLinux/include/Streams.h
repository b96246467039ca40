// Part of CLinux.h: descriptors that arrive in the places they are for.
#ifndef STREAMS_H
#define STREAMS_H

#include "CLinux.h"

// Waits for one packet of one byte with up to 48 descriptors, which take the lowest free places and stay
// open across exec: *first is that of the first, *count how many came; the rest must follow it in order,
// or it is -EBADF. 0 is the end of the stream.
static inline long cl_receive_streams(int socket, int *first, size_t *count) {
    struct mmsghdr_of_one { struct msghdr header; unsigned int length; } message;
    char control[CMSG_SPACE(48 * sizeof(int))];
    unsigned char byte;
    struct iovec part = {&byte, 1};
    memset(&message, 0, sizeof message);
    message.header.msg_iov = &part;
    message.header.msg_iovlen = 1;
    message.header.msg_control = control;
    message.header.msg_controllen = sizeof control;
    *first = -1;
    *count = 0;
    long result = syscall(SYS_recvmmsg, socket, &message, 1, 0, (void *)0);
    if (result < 0) return -(long)errno;
    if (result == 0 || message.length == 0) return 0;
    if (message.header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) return -EMSGSIZE;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message.header); header != NULL;
         header = CMSG_NXTHDR(&message.header, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        size_t came = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < came; index += 1) {
            int fd;
            memcpy(&fd, CMSG_DATA(header) + index * sizeof fd, sizeof fd);
            if (*count == 0) *first = fd;
            if (fd != *first + (int)*count) return -EBADF;
            *count += 1;
        }
    }
    return message.length;
}

// Has the kernel say with each packet that comes from now on who sent it.
static inline long cl_want_senders(int socket) {
    const int on = 1;
    return cl_result(setsockopt(socket, SOL_SOCKET, SO_PASSCRED, &on, sizeof on));
}

// Receives a packet of one byte, the only one there or not: *sender is whose it is, by the number that
// it has in the caller's PID namespace. 0 is the end of the stream.
static inline long cl_receive_sender(int socket, pid_t *sender) {
    // struct ucred: pid, user, group.
    struct { pid_t pid; uid_t uid; gid_t gid; } credentials;
    char control[CMSG_SPACE(sizeof credentials)];
    unsigned char byte;
    struct iovec part = {&byte, 1};
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    *sender = 0;
    long count = recvmsg(socket, &message, MSG_DONTWAIT);
    if (count <= 0) return cl_result(count);
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != 2 /* SCM_CREDENTIALS */) continue;
        memcpy(&credentials, CMSG_DATA(header), sizeof credentials);
        *sender = credentials.pid;
    }
    return *sender > 0 ? count : -EBADMSG;
}

#endif
