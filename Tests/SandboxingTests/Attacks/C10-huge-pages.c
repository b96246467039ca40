// case: C10
// attack: asks for huge pages, which come from a pool of the host's
// expect: held or outcome memory
// outside: through or absent
// limits: memory=24M
#include "attack.h"
int main(void) {
    char *pages = mmap(0, 32 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
    if (pages == MAP_FAILED) held("%s", strerrorname_np(errno));
    memset(pages, 1, 32 << 20);
    through("32 MiB of 24");
}
