// case: C01
// attack: lets every child fork as well, faster than anything could count
// expect: outcome processes
// outside: through
#include "attack.h"
int main(void) {
    int *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int first = getpid();
    // Six doublings make 64.
    for (int generation = 0; generation < 6; generation += 1)
        if (fork() < 0) __atomic_add_fetch(&shared[1], 1, __ATOMIC_SEQ_CST);
    __atomic_add_fetch(&shared[0], 1, __ATOMIC_SEQ_CST);
    if (getpid() != first) for (;;) pause();
    for (;;) {
        if (__atomic_load_n(&shared[1], __ATOMIC_SEQ_CST)) return 1;
        if (__atomic_load_n(&shared[0], __ATOMIC_SEQ_CST) == 64) break;
        sched_yield();
    }
    tell("through: 64 processes at one time\n");
    kill(0, SIGKILL);
}
