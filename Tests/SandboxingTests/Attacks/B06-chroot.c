// case: B06
// attack: changes its root to climb out of it
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    unshare(CLONE_NEWUSER);
    // A name beneath the working directory is there behind the new root, too.
    if (chdir("/tmp")) held("%s", strerrorname_np(errno));
    mkdir("judge-attack-root", 0700);
    int result = chroot("judge-attack-root"), error = errno;
    rmdir("judge-attack-root");
    if (!result) through("another root");
    held("%s", strerrorname_np(error));
}
