// case: B10
// attack: leaves a key in its user's and session keyring for the next run
// expect: held
// outside: through or absent
// runs: leave, find
#include "attack.h"
int main(int count, char **arguments) {
    if (is(count, arguments, "leave")) {
        syscall(SYS_add_key, "user", "judge-attack", "x", 1, -4 /* of the user */);
        syscall(SYS_add_key, "user", "judge-attack", "x", 1, -3 /* of the session */);
        return 0;
    }
    long key = syscall(SYS_keyctl, 10 /* search */, -4, "user", "judge-attack", 0);
    if (key < 0) key = syscall(SYS_request_key, "user", "judge-attack", 0, 0);
    int reason = errno;
    if (key > 0) {
        syscall(SYS_keyctl, 9 /* unlink */, key, -4);
        through("found key %ld", key);
    }
    held("%s", strerrorname_np(reason));
}
