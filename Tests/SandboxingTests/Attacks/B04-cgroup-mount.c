// case: B04
// attack: mounts the tree of cgroups in a namespace of its own, for its release agent and its limits
// expect: held
// outside: through or absent
#include "attack.h"
#include <sys/mount.h>
static const char *const places[] = {"/tmp/judge-attack-mount", "judge-attack-mount"};
static int error;
static void clean(void) {
    for (int number = 0; number < 2; number += 1) rmdir(places[number]);
}
static void attempt(const char *place, const char *kind, const char *data) {
    if (mount("none", place, kind, 0, data)) {
        error = errno;
        return;
    }
    umount2(place, MNT_DETACH);
    clean();
    through("mount %s at %s", kind, place);
}
int main(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWCGROUP);
    for (int number = 0; number < 2; number += 1) {
        mkdir(places[number], 0700);
        attempt(places[number], "tmpfs", 0);
    }
    attempt(places[0], "cgroup2", 0);
    attempt(places[0], "cgroup", "memory");
    clean();
    held("%s", strerrorname_np(error));
}
