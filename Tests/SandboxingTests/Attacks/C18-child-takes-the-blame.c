// case: C18
// attack: lets a child be killed for memory and exits with success itself
// expect: outcome memory
// outside: untried: without a limit there is no blame
// limits: memory=24M
#include "attack.h"
int main(void) {
    int child = fork(), status;
    if (!child) {
        for (int block = 0; block < 64; block += 1) memset(malloc(1 << 20), 1, 1 << 20);
        _exit(0);
    }
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) through("the child took 64 MiB of 24");
    return 0;
}
