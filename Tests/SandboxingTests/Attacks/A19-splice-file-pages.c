// case: A19 A20
// attack: puts pages of a read-only file into a pipe by splice, tee and vmsplice
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    int ends[2], file = open("/usr/bin/env", O_RDONLY);
    loff_t offset = 0;
    if (file < 0 || pipe(ends)) return 2;
    try_call(syscall(SYS_splice, file, &offset, ends[1], 0, 1, 0));
    struct iovec { void *base; size_t size; } piece = {ends, 4};
    try_call(syscall(SYS_vmsplice, ends[1], &piece, 1, 0));
    must_fail(syscall(SYS_tee, ends[0], ends[1], 1, 0));
}
