// Listens with each backlog that it is given, `BACKLOG error` a line, and says at the end how much a
// connection receives that nobody reads.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
static char block[1 << 20];
int main(int count, char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int listener = -1, size = 1 << 20, accepted;
    for (int index = 1; index < count; index += 1) {
        int next = socket(AF_INET, SOCK_STREAM, 0);
        int result = listen(next, (int)strtol(arguments[index], 0, 0));
        printf("%s %d\n", arguments[index], result ? errno : 0);
        if (!result) listener = next;
    }
    printf("wish %d\n", setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &size, sizeof size));
    getsockname(listener, (struct sockaddr *)&address, &length);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int caller = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(caller, (struct sockaddr *)&address, length)) return 1;
    // Closing gives up on nothing: what has arrived by then is what there is.
    while (send(caller, block, sizeof block, MSG_DONTWAIT) > 0) continue;
    accepted = accept(listener, 0, 0);
    printf("waiting %d\n", recv(accepted, block, sizeof block, MSG_PEEK | MSG_DONTWAIT) > 65536);
    return 0;
}
