// case: J04
// attack: burns its time before main, where a judge that counts from there sees none
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
__attribute__((constructor)) static void before(void) {
    while (cpu_ms() < 500) {}
}
int main(void) { through("500 ms of 200 before main"); }
