// case: C05
// attack: waits in vfork for a child that never ends nor executes
// expect: outcome idle or outcome wall-time
// outside: untried: a program may hang itself
// limits: wall=400
#include "attack.h"
int main(void) {
    if (!vfork()) for (;;) pause();
    through("the child ended");
}
