// case: A07
// attack: makes a hard link to a file of the host's, as a name for it to be read or written by
// outside: through
// stage: product
// expect: refused
#include "attack.h"
int main(void) {
    char other[] = "/usr/bin/env";
    if (!link(given("CANARY"), "product")) through("the canary has a second name");
    if (!link(other, "product")) through("%s has a second name", other);
    if (!linkat(AT_FDCWD, "/proc/self/exe", AT_FDCWD, "/tmp/judge-attack-exe", AT_SYMLINK_FOLLOW))
        through("this program has a second name outside the box");
    held("%s", strerrorname_np(errno));
}
