// case: C12
// attack: marks its memory as free for the taking and takes more, to look small
// expect: outcome memory or held
// outside: through
// limits: memory=24M
#include "attack.h"
int main(void) {
    for (int block = 0; block < 8; block += 1) {
        char *bytes = mmap(0, 8 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (bytes == MAP_FAILED) held("%s", strerrorname_np(errno));
        memset(bytes, 1, 8 << 20);
        madvise(bytes, 8 << 20, MADV_FREE);
        for (long offset = 0; offset < 8 << 20; offset += 4096) bytes[offset] = 2;
    }
    through("64 MiB of 24");
}
