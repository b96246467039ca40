// case: J06 C10
// attack: is killed for memory, so that the next run in its place is taken for killed as well
// expect: held
// outside: untried: nobody counts there
// runs: leave, find
// limits: memory=16M
#include "attack.h"
int main(int count, char **arguments) {
    if (is(count, arguments, "find")) held("no one is blamed");
    for (int block = 0; block < 64; block += 1) memset(malloc(1 << 20), 1, 1 << 20);
    through("64 MiB of 16");
}
