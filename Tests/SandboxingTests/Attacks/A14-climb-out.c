// case: A14 B06
// attack: climbs above the root by .. and by names that are mounts
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    for (int step = 0; step < 64; step += 1)
        if (chdir("..")) break;
    struct stat here, root;
    if (stat(".", &here) || stat("/", &root)) return 2;
    if (here.st_ino != root.st_ino || here.st_dev != root.st_dev) through("above the root");
    const char *places[] = {"boot", "root", "sys/kernel", "run/lock", "var/lib", "etc/shadow", "etc/hostname"};
    for (int index = 0; index < 7; index += 1)
        if (!access(places[index], F_OK)) through("/%s is there", places[index]);
    held("the root is the run's own");
}
