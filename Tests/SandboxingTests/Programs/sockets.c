// Fills the buffers of argv[1] TCP connections over loopback; prints how many KiB they took, or waits
// for ever when there is an argv[2].
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
static long fill(int descriptor) {
    static char block[65536];
    long count, bytes = 0;
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    while ((count = write(descriptor, block, sizeof block)) > 0) bytes += count;
    return bytes;
}
int main(int argc, char **argv) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(4711)};
    inet_pton(AF_INET, "127.0.0.1", &here.sin_addr);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) || listen(listener, 8)) return 2;
    long bytes = 0;
    for (int rest = atoi(argv[1]); rest > 0; rest -= 1) {
        int client = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(client, (struct sockaddr *)&here, sizeof here)) return 3;
        int server = accept(listener, 0, 0);
        bytes += fill(client) + fill(server);
    }
    if (argc > 2) pause();
    printf("%ld\n", bytes >> 10);
    return 0;
}
