// case: D08
// attack: takes a lease on a file, which tells it when another opens the same
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    int file = open("/tmp/judge-attack-lease", O_RDONLY | O_CREAT, 0600);
    unlink("/tmp/judge-attack-lease");
    try_call(fcntl(file, 1024 /* F_SETLEASE */, F_RDLCK));
    must_fail(fcntl(open("/usr/bin/env", O_RDONLY), 1024, F_RDLCK));
}
