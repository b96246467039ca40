// Writes argv[2] bytes (-1: without end) to the descriptor argv[1].
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv) {
    static char block[4096];
    memset(block, 'x', sizeof block);
    int fd = atoi(argv[1]);
    long rest = atol(argv[2]);
    while (rest != 0) {
        long size = rest < 0 || rest > (long)sizeof block ? (long)sizeof block : rest;
        long count = write(fd, block, size);
        if (count <= 0) return 3;
        if (rest > 0) rest -= count;
    }
    return 0;
}
