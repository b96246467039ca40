// case: D08 C19
// attack: sees which pages of the host's files its neighbours have brought into memory
// expect: held
// outside: through or absent
#include "attack.h"
#include <sys/uio.h>
int main(void) {
    char byte;
    struct iovec piece = {&byte, 1};
    const char *files[] = {"/usr/bin/env", "/usr/bin/gcc", "/usr/bin/python3"};
    for (int index = 0; index < 3; index += 1) {
        int file = open(files[index], O_RDONLY);
        if (file < 0) continue;
        // It answers at once whether the page is there, and brings nothing in.
        errno = 0;
        if (preadv2(file, &piece, 1, 0, 8 /* RWF_NOWAIT */) == 1 || errno == EAGAIN)
            through("%s: %s", files[index], errno ? "not in memory" : "in memory");
        uint64_t range[2] = {0, 4096}, found[5];
        if (!syscall(451 /* cachestat */, file, range, found, 0)) through("%s: cachestat", files[index]);
    }
    held("%s", strerrorname_np(errno));
}
