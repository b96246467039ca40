// case: C03 C01
// attack: leaves its children as zombies, which cost no memory that a program has
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    signal(SIGCHLD, SIG_DFL);
    for (int count = 0; count < 64; count += 1) {
        int child = fork();
        if (child < 0) held("%s after %d", strerrorname_np(errno), count);
        if (!child) _exit(0);
    }
    through("64 zombies");
}
