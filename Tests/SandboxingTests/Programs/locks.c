// usage: locks hold|try FILE...
// hold: locks each file in every way that a descriptor for reading allows, says so, and waits for
// ever. try: prints the ways in which somebody else's lock can be told, one a line.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
static int asked(int fd, int command, int type) {
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET};
    if (fcntl(fd, command, &lock) < 0) return -1;
    return lock.l_type != F_UNLCK;
}
int main(int count, char **words) {
    int holds = !strcmp(words[1], "hold"), locked = 0;
    for (int index = 2; index < count; index += 1) {
        int fd = open(words[index], O_RDONLY);
        if (fd < 0) continue;
        if (holds) {
            locked += flock(fd, LOCK_EX | LOCK_NB) == 0;
            struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
            locked += fcntl(fd, index % 2 ? F_SETLK : F_OFD_SETLK, &lock) == 0;
            if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0) printf("lease %s\n", words[index]);
        } else {
            if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) printf("flock %s\n", words[index]);
            if (asked(fd, F_GETLK, F_WRLCK) == 1) printf("fcntl %s\n", words[index]);
            if (asked(fd, F_OFD_GETLK, F_WRLCK) == 1) printf("ofd %s\n", words[index]);
        }
    }
    if (!holds) return 0;
    printf("locked %d\n", locked);
    fflush(stdout);
    for (;;) pause();
}
