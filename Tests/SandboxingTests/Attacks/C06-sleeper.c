// case: C06
// attack: sleeps beyond its wall time
// expect: outcome idle or outcome wall-time
// outside: through
// limits: wall=300
#include "attack.h"
int main(void) {
    long until = wall_ms() + 800;
    while (wall_ms() < until) usleep(10000);
    through("slept 800 ms of 300");
}
