// Does not stop, in the way argv[1], until it is stopped; what is refused is tried again.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
static char block[1 << 16];
static void *rest(void *argument) {
    for (;;) pause();
    return argument;
}
// Every process becomes a leader, forks twice, and goes on.
static void forks(void) {
    for (;;)
        if (fork() == 0) {
            setsid();
            if (fork() != 0) _exit(0);
        }
}
static void threads(void) {
    pthread_t thread;
    for (;;) pthread_create(&thread, 0, rest, 0);
}
static void zombies(void) {
    for (;;)
        if (fork() == 0) _exit(0);
}
static void memory(void) {
    for (;;) {
        volatile char *more = malloc(1 << 20);
        for (int at = 0; more && at < 1 << 20; at += 4096) more[at] = 1;
    }
}
static void flood(void) {
    for (;;)
        if (write(1, block, sizeof block) < 0) pause();
}
// Down and down, each name as long as names can be.
static void directories(void) {
    char name[256];
    memset(name, 'd', 255);
    name[255] = 0;
    chdir("/tmp");
    for (;;) {
        if (mkdir(name, 0700) && errno != EEXIST) name[0] = name[0] == 'z' ? 'a' : name[0] + 1;
        if (chdir(name)) chdir("/tmp");
    }
}
static void files(void) {
    char name[32];
    for (long number = 0; number < 10000000; number += 1) {
        snprintf(name, sizeof name, "/tmp/%ld", number);
        int fd = open(name, O_CREAT | O_WRONLY, 0600);
        if (fd >= 0) close(fd);
    }
}
static void descriptors(void) {
    int ends[2];
    for (int count = 0;; count += 1) {
        if (count % 2 ? pipe(ends) : socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) {
            // As many again in as many processes as there may be.
            if (fork() == 0) closefrom(3);
            continue;
        }
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
        fcntl(ends[1], F_SETFL, O_NONBLOCK);
        while (write(ends[1], block, sizeof block) > 0);
    }
}
int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    if (!strcmp(argv[1], "forks")) forks();
    if (!strcmp(argv[1], "threads")) threads();
    if (!strcmp(argv[1], "zombies")) zombies();
    if (!strcmp(argv[1], "memory")) memory();
    if (!strcmp(argv[1], "flood")) flood();
    if (!strcmp(argv[1], "directories")) directories();
    if (!strcmp(argv[1], "files")) files();
    if (!strcmp(argv[1], "descriptors")) descriptors();
    if (!strcmp(argv[1], "sleeper")) rest(0);
    return 64;
}
