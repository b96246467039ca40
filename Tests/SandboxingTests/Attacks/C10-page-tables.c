// case: C10
// attack: takes memory of the kernel's for page tables, one page in every 2 MiB
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
int main(void) {
    long size = 8192l << 21;
    char *pages = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pages == MAP_FAILED) held("%s", strerrorname_np(errno));
    madvise(pages, size, MADV_NOHUGEPAGE);
    // A page of table and a page of data for each.
    for (long offset = 0; offset < size; offset += 2 << 20) pages[offset] = 1;
    through("64 MiB of 24");
}
