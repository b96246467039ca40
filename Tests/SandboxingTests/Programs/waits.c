// Waits at a socket, for what argv[1] says, and tells of it.
//
// limit: a datagram that never comes, for 0.3 s at most (SO_RCVTIMEO).
// exchange: the answers to small messages that are written in two pieces, 60 times: the kernel keeps
// the second piece back until the first one is acknowledged, which takes it 40 ms.
// ever: a datagram that never comes.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int listen_at(int type, struct sockaddr_in *name) {
    int end = socket(AF_INET, type, 0);
    socklen_t size = sizeof *name;
    *name = (struct sockaddr_in){.sin_family = AF_INET};
    name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (end < 0 || bind(end, (struct sockaddr *)name, size) != 0) exit(2);
    if (type == SOCK_STREAM && listen(end, 1) != 0) exit(2);
    if (getsockname(end, (struct sockaddr *)name, &size) != 0) exit(2);
    return end;
}

static void get(int end, int count) {
    char piece[16];
    for (int had = 0; had < count;) {
        ssize_t more = recv(end, piece, count - had, 0);
        if (more <= 0) exit(3);
        had += more;
    }
}

static void exchange(void) {
    struct sockaddr_in name;
    int listener = listen_at(SOCK_STREAM, &name);
    pid_t child = fork();
    int end = child == 0 ? accept(listener, NULL, NULL) : socket(AF_INET, SOCK_STREAM, 0);
    if (child != 0 && connect(end, (struct sockaddr *)&name, sizeof name) != 0) exit(2);
    for (int count = 0; count < 60; count++) {
        if (child == 0) {
            get(end, 12);
            if (send(end, "answer", 6, 0) != 6) exit(3);
        } else {
            if (send(end, "head", 4, 0) != 4 || send(end, "and body", 8, 0) != 8) exit(3);
            get(end, 6);
        }
    }
    if (child == 0) exit(0);
}

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    if (strcmp(argv[1], "exchange") == 0) {
        exchange();
    } else {
        struct sockaddr_in name;
        int end = listen_at(SOCK_DGRAM, &name);
        struct timeval limit = {.tv_usec = 300000};
        if (strcmp(argv[1], "limit") == 0
            && setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0)
            return 2;
        char byte;
        recv(end, &byte, 1, 0);
    }
    puts("done");
    return 0;
}
