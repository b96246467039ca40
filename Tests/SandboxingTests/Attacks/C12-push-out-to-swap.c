// case: C12
// attack: asks the kernel to move its memory to swap, and takes more
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
int main(void) {
    for (int block = 0; block < 8; block += 1) {
        char *bytes = mmap(0, 8 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (bytes == MAP_FAILED) held("%s", strerrorname_np(errno));
        memset(bytes, 1, 8 << 20);
        madvise(bytes, 8 << 20, 21 /* MADV_PAGEOUT */);
    }
    through("64 MiB of 24");
}
