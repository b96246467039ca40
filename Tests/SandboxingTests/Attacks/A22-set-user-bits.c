// case: A22
// attack: gives a file the set-user-id bit, by each call that can; in a directory of the host's it would stay
// expect: held
// outside: through
#include "attack.h"
static void look(const char *name) {
    struct stat facts;
    if (stat(name, &facts) || !(facts.st_mode & (S_ISUID | S_ISGID))) return;
    // Nothing of it stays where it succeeds.
    unlink(name);
    through("%s has mode %o", name, facts.st_mode);
}
int main(void) {
    if (chdir("/tmp")) return 2;
    int file = open("judge-attack-a", O_RDWR | O_CREAT, 0700), refusal = 0;
    if (chmod("judge-attack-a", 04711)) refusal = errno;
    fchmod(file, 02711);
    fchmodat(AT_FDCWD, "judge-attack-a", 06711, 0);
    syscall(452 /* fchmodat2 */, AT_FDCWD, "judge-attack-a", 04711, 0);
    look("judge-attack-a");
    creat("judge-attack-b", 04711);
    open("judge-attack-c", O_RDWR | O_CREAT, 04711);
    mknod("judge-attack-d", S_IFREG | 04711, 0);
    const char *names[] = {"judge-attack-a", "judge-attack-b", "judge-attack-c", "judge-attack-d"};
    for (int index = 1; index < 4; index += 1) look(names[index]);
    for (int index = 0; index < 4; index += 1) unlink(names[index]);
    held("%s", strerrorname_np(refusal));
}
