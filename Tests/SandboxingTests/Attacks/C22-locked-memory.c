// case: C22 C10
// attack: locks more memory than it may have
// expect: outcome memory or held
// outside: through as root or absent
// limits: memory=24M
#include "attack.h"
int main(void) {
    mlockall(MCL_CURRENT | MCL_FUTURE);
    char *bytes = mmap(0, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (bytes == MAP_FAILED) held("%s", strerrorname_np(errno));
    if (mlock(bytes, 64 << 20)) held("%s", strerrorname_np(errno));
    through("64 MiB of 24");
}
