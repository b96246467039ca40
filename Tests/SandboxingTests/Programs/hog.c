// Takes argv[2] MiB of memory by the way argv[1] (heap, tmp, shm, child) and touches every page.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
static int take_heap(long bytes) {
    volatile char *memory = malloc(bytes);
    if (!memory) return 2;
    for (long at = 0; at < bytes; at += 4096) memory[at] = 1;
    return 0;
}
static int take_file(const char *path, long bytes) {
    static char block[1 << 20];
    memset(block, 1, sizeof block);
    // Many files, so that the limit of a single file's size is not what stops it.
    for (long written = 0; written < bytes; written += sizeof block) {
        char name[64];
        snprintf(name, sizeof name, "%s/%ld", path, written);
        int fd = open(name, O_CREAT | O_WRONLY, 0600);
        if (write(fd, block, sizeof block) != sizeof block) return 3;
        close(fd);
    }
    return 0;
}
int main(int argc, char **argv) {
    long bytes = atol(argv[2]) << 20;
    if (!strcmp(argv[1], "heap")) return take_heap(bytes);
    if (!strcmp(argv[1], "tmp")) return take_file("/tmp", bytes);
    if (!strcmp(argv[1], "shm")) return take_file("/dev/shm", bytes);
    if (!strcmp(argv[1], "child")) {
        if (fork() == 0) _exit(take_heap(bytes));
        wait(0);
        return 0;
    }
    return 64;
}
