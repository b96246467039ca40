// case: A14 A15
// attack: opens a file of the host by its known path, as the next test's answer would be
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    char path[4200];
    try_call(open(given("CANARY"), O_RDONLY));
    snprintf(path, sizeof path, "/proc/self/root%s", given("CANARY"));
    try_call(open(path, O_RDONLY));
    snprintf(path, sizeof path, "/proc/1/root%s", given("CANARY"));
    try_call(open(path, O_RDONLY));
    snprintf(path, sizeof path, "/../../../../../..%s", given("CANARY"));
    must_fail(open(path, O_RDONLY));
}
