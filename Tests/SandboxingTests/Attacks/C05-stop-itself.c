// case: C05
// attack: stops itself, so that nothing of it ever ends
// expect: outcome idle or outcome wall-time
// outside: untried: a program may stop itself
// limits: wall=400
#include "attack.h"
int main(void) {
    for (;;) raise(SIGSTOP);
}
