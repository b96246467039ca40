// case: B10 D08
// attack: hands a key to a run in another slot while both live
// expect: held
// outside: through or absent
// runs: a beside b
#include "attack.h"
int main(int count, char **arguments) {
    if (is(count, arguments, "a")) {
        syscall(SYS_add_key, "user", "judge-attack-beside", "x", 1, -4);
        tell("ready\n");
        for (;;) pause();
    }
    long key = syscall(SYS_keyctl, 10, -4, "user", "judge-attack-beside", 0);
    int reason = errno;
    if (key > 0) {
        syscall(SYS_keyctl, 9, key, -4);
        through("found key %ld", key);
    }
    held("%s", strerrorname_np(reason));
}
