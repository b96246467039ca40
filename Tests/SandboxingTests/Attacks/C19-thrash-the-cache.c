// case: C19 J01
// attack: walks through memory so that its neighbours find nothing in the caches
// expect: held
// outside: untried: the neighbour's own words and time tell
#include "attack.h"
static char lines[32 << 20];
int main(void) {
    long sum = 0;
    for (unsigned step = 0, at = 0; step < 2000000; step += 1, at = at * 1103515245 + 12345)
        sum += lines[at % sizeof lines]++;
    held("%ld", sum);
}
