// Talks to itself over TCP on loopback, then tries an outside address; prints both results.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
static struct sockaddr_in address(const char *text, int port) {
    struct sockaddr_in result = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, text, &result.sin_addr);
    return result;
}
int main(void) {
    struct sockaddr_in here = address("127.0.0.1", 4711);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int ok = bind(listener, (struct sockaddr *)&here, sizeof here) == 0 && listen(listener, 1) == 0;
    int client = socket(AF_INET, SOCK_STREAM, 0);
    ok = ok && connect(client, (struct sockaddr *)&here, sizeof here) == 0;
    printf("loopback %s\n", ok ? "works" : strerror(errno));
    struct sockaddr_in there = address("192.0.2.1", 80);
    int other = socket(AF_INET, SOCK_STREAM, 0);
    int reached = connect(other, (struct sockaddr *)&there, sizeof there) == 0;
    printf("outside %s\n", reached ? "works" : strerror(errno));
    return 0;
}
