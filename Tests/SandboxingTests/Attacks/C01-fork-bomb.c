// case: C01
// attack: forks without end
// expect: outcome processes
// outside: through
#include "attack.h"
int main(void) {
    int count = 0;
    // Bounded, so that it may be shown where nothing bounds it.
    for (; count < 64; count += 1) {
        int child = fork();
        if (child < 0) return 1;
        if (!child) for (;;) pause();
    }
    tell("through: 64 processes at one time\n");
    kill(0, SIGKILL);
}
