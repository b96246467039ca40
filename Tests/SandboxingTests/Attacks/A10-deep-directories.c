// case: A10
// attack: nests directories with names of 255 bytes as deep as it can, to break who cleans up
// expect: held
// outside: harmful: the host's own cleaning is not made for it
// runs: leave, find
// soak: no
#include "attack.h"
int main(int count, char **arguments) {
    char name[256];
    memset(name, 'd', 255);
    name[255] = 0;
    if (is(count, arguments, "find")) {
        chdir("/tmp");
        if (!access(name, F_OK)) through("the directories are still there");
        held("nothing there");
    }
    if (chdir("/tmp")) return 2;
    for (int depth = 0; depth < 100000; depth += 1)
        if (mkdir(name, 0700) || chdir(name)) break;
    return 0;
}
