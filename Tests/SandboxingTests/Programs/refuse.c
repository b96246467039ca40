// Becomes the helper under a filter that refuses one system call. The file beside it, of the same name
// and ".conf", says which: CALL ERRNO MASK HELPER; MASK, when not 0, narrows it to calls whose first
// argument has one of these bits, and when negative to those whose first argument is its opposite.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#define CALL(name) {#name, SYS_##name}
static const struct { const char *name; int number; } calls[] = {
    CALL(unshare), CALL(clone3), CALL(clone), CALL(mount), CALL(fsopen), CALL(fsconfig),
    CALL(fsmount), CALL(move_mount), CALL(mount_setattr), CALL(open_tree), CALL(pivot_root),
    CALL(umount2), CALL(sethostname), CALL(capset), CALL(capget), CALL(prctl), CALL(setresuid),
    CALL(setresgid), CALL(setgroups), CALL(seccomp), CALL(execve), CALL(setsid), CALL(prlimit64),
    CALL(chdir), CALL(sched_setaffinity), CALL(pipe2), CALL(memfd_create), CALL(mkdirat),
    CALL(close_range), CALL(socket), CALL(ioctl), CALL(ppoll), CALL(fchdir),
    CALL(setns), CALL(sendto),
};
int main(int count, char **arguments) {
    char path[4096], name[64], helper[4096];
    int error = 0, number = -1;
    long long mask = 0;
    if (count < 1) return 64;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 8);
    if (length < 0) return 64;
    strcpy(path + length, ".conf");
    FILE *file = fopen(path, "re");
    if (!file || fscanf(file, "%63s %d %lld %4095s", name, &error, &mask, helper) != 4) return 64;
    fclose(file);
    for (size_t one = 0; one < sizeof calls / sizeof *calls; one += 1)
        if (!strcmp(calls[one].name, name)) number = calls[one].number;
    if (number < 0) return 64;
    struct sock_filter masked = BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (unsigned)mask, 1, 0);
    struct sock_filter equal = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)-mask, 1, 0);
    struct sock_filter any = BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0);
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        mask > 0 ? masked : mask < 0 ? equal : any,
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) {
        // Who is not root may do so only for good.
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return 65;
        if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) return 66;
    }
    char *none[] = {0};
    syscall(SYS_execveat, AT_FDCWD, helper, arguments, none, 0);
    return 67;
}
