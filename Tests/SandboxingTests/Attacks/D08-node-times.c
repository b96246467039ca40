// case: D08 A23
// attack: sets the times of device nodes, which every run and the host would see where they are the host's
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    const char *nodes[] = {"/dev/null", "/dev/zero", "/dev/full"};
    struct stat before, after;
    for (int index = 0; index < 3; index += 1) {
        if (stat(nodes[index], &before) || utimensat(AT_FDCWD, nodes[index], 0, 0)) continue;
        if (stat(nodes[index], &after) || before.st_mtim.tv_sec == after.st_mtim.tv_sec) continue;
        through("%s was last changed now", nodes[index]);
    }
    held("%s", strerrorname_np(errno));
}
