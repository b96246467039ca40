// Writes argv[2] bytes into the file argv[1].
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv) {
    static char block[4096];
    int fd = open(argv[1], O_CREAT | O_WRONLY | O_TRUNC, 0644);
    if (fd < 0) {
        printf("%s\n", strerror(errno));
        return 2;
    }
    for (long rest = atol(argv[2]); rest > 0;) {
        long count = write(fd, block, rest < 4096 ? rest : 4096);
        if (count <= 0) return 3;
        rest -= count;
    }
    return 0;
}
