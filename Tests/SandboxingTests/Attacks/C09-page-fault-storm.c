// case: C09 C21
// attack: burns processor time in page faults, which also hold locks of the kernel
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
int main(void) {
    while (cpu_ms() < 500) {
        char *pages = mmap(0, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages == MAP_FAILED) return 2;
        for (long offset = 0; offset < 4 << 20; offset += 4096) pages[offset] = 1;
        munmap(pages, 4 << 20);
    }
    through("500 ms of 200");
}
