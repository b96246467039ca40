// case: B04
// attack: mounts the tree of cgroups in a namespace of its own, for its release agent and its limits
// expect: held
// outside: through or absent
#include "attack.h"
#include <sys/mount.h>
int main(void) {
    unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWCGROUP);
    mkdir("/tmp/judge-attack-mount", 0700);
    mkdir("judge-attack-mount", 0700);
    try_call(mount("none", "judge-attack-mount", "tmpfs", 0, 0));
    try_call(mount("none", "/tmp/judge-attack-mount", "tmpfs", 0, 0));
    try_call(mount("none", "/tmp/judge-attack-mount", "cgroup2", 0, 0));
    must_fail(mount("none", "/tmp/judge-attack-mount", "cgroup", 0, "memory"));
}
