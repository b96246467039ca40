// case: C10
// attack: takes memory by shared mappings beyond its limit
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
int main(void) {
    char *bytes = mmap(0, 64 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) held("%s", strerrorname_np(errno));
    memset(bytes, 1, 64 << 20);
    through("64 MiB of 24");
}
