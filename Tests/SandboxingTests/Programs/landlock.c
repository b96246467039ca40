// Prints what came of what a second wall denies, and of what any program may do in its own places.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
static void tell(const char *what, long result) {
    printf("%s: %s\n", what, result < 0 ? strerror(errno) : "done");
}
int main(void) {
    tell("signal to init", kill(1, 0));
    tell("directories", mkdir("/tmp/a", 0700) | mkdir("/dev/shm/b", 0700));
    tell("file", creat("/tmp/a/file", 0600));
    tell("rename", rename("/tmp/a/file", "/dev/shm/b/file"));
    tell("hard link", link("/dev/shm/b/file", "/tmp/a/again"));
    tell("symbolic link", symlink("/dev/shm/b/file", "/tmp/link"));
    tell("truncate", truncate("/tmp/link", 10));
    tell("pipe", mkfifo("/tmp/pipe", 0600));
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/tmp/socket"};
    tell("socket", bind(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address));
    struct sockaddr_un hidden = {.sun_family = AF_UNIX, .sun_path = "\0own"};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    tell("abstract socket", bind(listener, (struct sockaddr *)&hidden, sizeof hidden) | listen(listener, 1)
        | connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&hidden, sizeof hidden));
    tell("unlink", unlink("/tmp/a/again"));
    tell("null", open("/dev/null", O_WRONLY | O_TRUNC));
    tell("standard output again", open("/dev/stdout", O_WRONLY));
    tell("standard input again", open("/dev/stdin", O_RDONLY));
    tell("signal to oneself", kill(getpid(), 0));
    tell("box", creat("/box/product", 0700));
    return 0;
}
