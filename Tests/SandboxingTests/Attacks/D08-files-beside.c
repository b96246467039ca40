// case: D08 A13
// attack: hands a file to a run in another slot while both live
// expect: held
// outside: through
// runs: a beside b
#include "attack.h"
int main(int count, char **arguments) {
    const char *places[] = {"/tmp/judge-attack-beside", "/dev/shm/judge-attack-beside", "/var/tmp/judge-attack-beside"};
    int found = 0;
    for (int index = 0; index < 3; index += 1) {
        if (is(count, arguments, "a")) creat(places[index], 0600);
        else found += !unlink(places[index]);
    }
    if (found) through("%d files", found);
    if (is(count, arguments, "b")) held("%s", strerrorname_np(errno));
    tell("ready\n");
    for (;;) pause();
}
