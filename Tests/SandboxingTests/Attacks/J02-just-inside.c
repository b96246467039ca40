// case: J02 J04
// attack: uses nearly all of its processor time, part of it before main, and must be let be
// expect: held
// outside: untried: an honest program
// limits: cpu=1000
#include "attack.h"
__attribute__((constructor)) static void before(void) {
    while (cpu_ms() < 200) {}
}
int main(void) {
    while (cpu_ms() < 500) {}
    held("half of it used");
}
