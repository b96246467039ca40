// A node of a LAN. `node NUMBER COUNT ADDRESS:PORT...` answers every datagram and sends one to each other node until
// that has answered and asked; prints which answered, after how many microseconds the first did, the interfaces and
// routes, and what became of a TCP connection to each address.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
static struct sockaddr_in address(const char *text, int port) {
    struct sockaddr_in result = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, text, &result.sin_addr);
    return result;
}
static struct sockaddr_in node(int number) {
    char text[32];
    snprintf(text, sizeof text, "10.0.0.%d", number + 1);
    return address(text, 7777);
}
static void show(const char *name) {
    char path[64], line[512];
    snprintf(path, sizeof path, "/proc/self/net/%s", name);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) printf("%s %s", name, line);
    if (file) fclose(file);
}
static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}
// Whether a TCP connection comes about; no answer within `patience` seconds is none.
static const char *reach(const char *text, int port) {
    struct sockaddr_in there = address(text, port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (!connect(fd, (struct sockaddr *)&there, sizeof there)) return "reached";
    if (errno != EINPROGRESS) return strerror(errno);
    struct pollfd wait = {fd, POLLOUT, 0};
    if (poll(&wait, 1, 1500) == 0) return "silence";
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    close(fd);
    return error ? strerror(error) : "reached";
}
int main(int count_of_arguments, char **arguments) {
    setvbuf(stdout, 0, _IOLBF, 0);
    int self = atoi(arguments[1]), count = atoi(arguments[2]);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(7777)};
    if (bind(fd, (struct sockaddr *)&any, sizeof any)) return 2;
    int answered[16] = {0}, asked[16] = {0}, left = 2 * (count - 1);
    double start = now(), first = 0;
    // Until every other node has asked and answered; one may start later than this.
    while (left > 0) {
        for (int other = 0; other < count; other += 1) {
            struct sockaddr_in there = node(other);
            char question[2] = {'?', (char)self};
            if (other != self && !answered[other])
                sendto(fd, question, 2, 0, (struct sockaddr *)&there, sizeof there);
        }
        struct pollfd wait = {fd, POLLIN, 0};
        double turn = now();
        while (left > 0 && poll(&wait, 1, 100) > 0 && now() - turn < 0.2) {
            char packet[2];
            struct sockaddr_in from;
            socklen_t size = sizeof from;
            if (recvfrom(fd, packet, 2, 0, (struct sockaddr *)&from, &size) != 2) continue;
            if (packet[0] == '?') {
                char answer[2] = {'!', (char)self};
                sendto(fd, answer, 2, 0, (struct sockaddr *)&from, size);
                if (!asked[(int)packet[1]]) asked[(int)packet[1]] = 1, left -= 1;
            } else if (!answered[(int)packet[1]]) {
                answered[(int)packet[1]] = 1, left -= 1;
                if (!first) first = now() - start;
            }
        }
    }
    for (int other = 0; other < count; other += 1)
        if (answered[other]) printf("answered %d\n", other);
    printf("first %d\n", (int)(first * 1e6));
    show("dev");
    show("route");
    show("if_inet6");
    for (int index = 3; index < count_of_arguments; index += 1) {
        char *place = arguments[index], *colon = strchr(place, ':');
        *colon = 0;
        printf("%s:%s %s\n", place, colon + 1, reach(place, atoi(colon + 1)));
    }
    return 0;
}
