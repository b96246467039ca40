// case: C02 A17
// attack: ends at once and leaves a child that fills files and standard output
// expect: exit 0
// outside: through
#include "attack.h"
int main(void) {
    int parent = getpid();
    if (!fork()) {
        setsid();
        while (getppid() == parent) sched_yield();
        int file = open("/tmp/judge-attack-orphan", O_RDWR | O_CREAT, 0600);
        unlink("/tmp/judge-attack-orphan");
        for (int block = 0; block < 2000 || cpu_ms() < 200; block += 1)
            if (write(file, &block, sizeof block) < 0) break;
        through("wrote after its parent had ended");
    }
    return 0;
}
