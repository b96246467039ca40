// case: A16 A19
// attack: writes through /proc/self/mem into mapped code of the host's libraries
// expect: held
// outside: untried: the write makes a private page on every sound kernel
#include "attack.h"
#include <sys/wait.h>
int main(void) {
    int file = open("/usr/bin/env", O_RDONLY);
    char *page = mmap(0, 4096, PROT_READ, MAP_PRIVATE, file, 0), before[16], after[16];
    if (file < 0 || page == MAP_FAILED || pread(file, before, 16, 0) != 16) return 2;
    int memory = open("/proc/self/mem", O_RDWR);
    if (memory >= 0 && pwrite(memory, "overwritten", 11, (long)page) < 0) errno = EIO;
    if (pread(file, after, 16, 0) != 16 || memcmp(before, after, 16)) through("the file changed");
    page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) through("mapped for writing");
    try_call(open("/usr/bin/env", O_WRONLY));
    held("the file is as it was");
}
