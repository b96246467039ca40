// case: C10 E15
// attack: executes a program whose static data does not fit into the limit
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
int main(int count, char **arguments) {
    if (is(count, arguments, "again")) {
        // Arguments and stack of an execution count as well.
        char *bytes = sbrk(64 << 20);
        if (bytes == (void *)-1) held("%s", strerrorname_np(errno));
        memset(bytes, 1, 64 << 20);
        through("64 MiB of 24");
    }
    execl("/proc/self/exe", "program", "again", (char *)0);
    return 2;
}
