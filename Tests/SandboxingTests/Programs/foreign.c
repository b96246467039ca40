// Makes a call of a foreign table as argv[1] says: `i386` asks for its pid by int 0x80; `write` writes
// a line through it; `child` asks in a child and waits for ever; `x32` asks with bit 30 set; `far` is
// a number of no table; `elf` starts a program of 32 bits. On other processors says so.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef __x86_64__
static long by_interrupt(long number, long first, long second, long third) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result)
                     : "a"(number), "b"(first), "c"(second), "d"(third) : "memory");
    return result;
}
// exit(42) in 32 bits.
static const unsigned char elf[] = {
    0x7f, 'E', 'L', 'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 1, 0, 0, 0,
    0x54, 0x80, 0x04, 0x08, 52, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 52, 0, 32, 0, 1, 0, 0, 0, 0, 0, 0, 0,
    1, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x04, 0x08, 0, 0x80, 0x04, 0x08, 0x60, 0, 0, 0, 0x60, 0, 0, 0,
    5, 0, 0, 0, 0, 0x10, 0, 0,
    0xb8, 1, 0, 0, 0, 0xbb, 42, 0, 0, 0, 0xcd, 0x80};
int main(int argc, char **argv) {
    const char *kind = argc > 1 ? argv[1] : "i386";
    long result = -1;
    if (!strcmp(kind, "i386")) result = by_interrupt(20, 0, 0, 0);
    if (!strcmp(kind, "write")) {
        char *line = mmap(0, 4096, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
        strcpy(line, "written\n");
        result = by_interrupt(4, 1, (long)line, 8);
    }
    if (!strcmp(kind, "child")) {
        if (fork() == 0) result = by_interrupt(20, 0, 0, 0);
        for (;;) pause();
    }
    if (!strcmp(kind, "x32")) result = syscall(0x40000000 | SYS_getpid);
    if (!strcmp(kind, "far")) result = syscall(0x7fffffff);
    if (!strcmp(kind, "elf")) {
        int file = memfd_create("elf", MFD_CLOEXEC);
        if (write(file, elf, sizeof elf) != sizeof elf) return 2;
        execveat(file, "", (char *[]){"elf", 0}, (char *[]){0}, AT_EMPTY_PATH);
        return 77;
    }
    printf("answer %ld\n", result);
    return 0;
}
#else
int main(void) {
    puts("no foreign table");
    return 77;
}
#endif
