// case: B06
// attack: changes its root to climb out of it
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    unshare(CLONE_NEWUSER);
    mkdir("/tmp/judge-attack-root", 0700);
    int result = chroot("/tmp/judge-attack-root");
    rmdir("/tmp/judge-attack-root");
    if (!result) through("another root");
    held("%s", strerrorname_np(errno));
}
