// Takes argv[2] MiB of memory by the way argv[1] and touches every page; argv[3] says how to end then.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
static char data[128 << 20];
static char block[1 << 20];
static int touch(volatile char *memory, long bytes) {
    if (!memory || memory == MAP_FAILED) return 2;
    for (long at = 0; at < bytes; at += 4096) memory[at] = 1;
    return 0;
}
static int take_file(const char *path, long bytes) {
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
static int take_memfd(long bytes) {
    memset(block, 1, sizeof block);
    for (long taken = 0; taken < bytes;) {
        int fd = memfd_create("hog", 0);
        for (int part = 0; part < 8 && taken < bytes; part += 1, taken += sizeof block)
            if (write(fd, block, sizeof block) != sizeof block) return 3;
    }
    return 0;
}
static int take_sysv(long bytes) {
    int segment = shmget(IPC_PRIVATE, bytes, 0600);
    return segment < 0 ? 2 : touch(shmat(segment, 0, 0), bytes);
}
static long fill(int fd) {
    long count, bytes = 0;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    while ((count = write(fd, block, 65536)) > 0) bytes += count;
    return bytes;
}
static int take_pipes(long bytes) {
    for (long taken = 0; taken < bytes;) {
        int ends[2];
        if (pipe(ends)) return 2;
        fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
        taken += fill(ends[1]);
    }
    return 0;
}
static int take_sockets(long bytes) {
    for (long taken = 0; taken < bytes;) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) return 2;
        taken += fill(ends[0]) + fill(ends[1]);
    }
    return 0;
}
// One page of the page table for every 2 MiB that are read; what is read is the one page of zeros.
static int take_tables(long bytes) {
    long size = bytes / 4096 * (2 << 20);
    volatile char *memory =
        mmap(0, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return 2;
    madvise((void *)memory, size, MADV_NOHUGEPAGE);
    for (long at = 0; at < size; at += 2 << 20) block[0] += memory[at];
    return 0;
}
static void *use_stack(void *count) {
    volatile char deep[2 << 20];
    touch(deep, sizeof deep);
    pthread_barrier_wait(count);
    return 0;
}
static int take_threads(long bytes) {
    static pthread_barrier_t all;
    int count = bytes / (2 << 20);
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_barrier_init(&all, 0, count + 1);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 4 << 20);
    for (int one = 0; one < count; one += 1)
        if (pthread_create(&thread, &attributes, use_stack, &all)) return 2;
    pthread_barrier_wait(&all);
    return 0;
}
static int take_mremap(long bytes) {
    long size = 1 << 20;
    char *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    while (size < bytes) {
        memory = mremap(memory, size, size + (1 << 20), MREMAP_MAYMOVE);
        size += 1 << 20;
        if (touch(memory, size)) return 2;
    }
    return 0;
}
static int deeper(long levels) {
    volatile char page[4096];
    page[0] = (char)levels;
    return levels == 0 ? page[0] : deeper(levels - 1) + page[0];
}
static int take(const char *way, long bytes) {
    if (!strcmp(way, "heap")) return touch(malloc(bytes), bytes);
    if (!strcmp(way, "static")) return touch(data, bytes);
    if (!strcmp(way, "stack")) return deeper(bytes / 4200) & 0;
    if (!strcmp(way, "tmp")) return take_file("/tmp", bytes);
    if (!strcmp(way, "shm")) return take_file("/dev/shm", bytes);
    if (!strcmp(way, "memfd")) return take_memfd(bytes);
    if (!strcmp(way, "sysv")) return take_sysv(bytes);
    if (!strcmp(way, "pipes")) return take_pipes(bytes);
    if (!strcmp(way, "sockets")) return take_sockets(bytes);
    if (!strcmp(way, "tables")) return take_tables(bytes);
    if (!strcmp(way, "threads")) return take_threads(bytes);
    if (!strcmp(way, "mremap")) return take_mremap(bytes);
    if (!strcmp(way, "mmap"))
        return touch(mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), bytes);
    if (!strcmp(way, "child")) {
        if (fork() == 0) _exit(touch(malloc(bytes), bytes));
        wait(0);
        return 0;
    }
    return 64;
}
int main(int argc, char **argv) {
    int code = take(argv[1], atol(argv[2]) << 20);
    if (code || argc < 4) return code;
    int number = atoi(argv[3]);
    if (number > 0) kill(getpid(), number);
    return -number;
}
