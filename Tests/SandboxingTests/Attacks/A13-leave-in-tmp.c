// case: A13
// attack: leaves files for the next run in /tmp, /var/tmp and the working directory
// expect: held
// outside: through
// runs: leave, find
#include "attack.h"
int main(int count, char **arguments) {
    const char *places[] = {"/tmp/judge-attack-left", "/var/tmp/judge-attack-left", "judge-attack-left"};
    for (int index = 0; index < 3; index += 1) {
        if (is(count, arguments, "leave")) {
            creat(places[index], 0600);
        } else if (!unlink(places[index])) {
            for (; index < 3; index += 1) unlink(places[index]);
            through("found %s", places[index - 1]);
        }
    }
    held("%s", strerrorname_np(errno));
}
