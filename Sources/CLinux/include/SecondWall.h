// Part of CLinux.h: filters, Landlock and keyrings.
#ifndef SECOND_WALL_H
#define SECOND_WALL_H

#include "CLinux.h"

static inline long cl_seccomp(unsigned int operation, unsigned int flags, void *argument) {
    return cl_result(syscall(SYS_seccomp, operation, flags, argument));
}

// Takes the oldest call that waits at a filter's listener: its mark, its number, the AUDIT_ARCH of the
// table it was made through, and its second argument.
static inline long cl_filtered_call(
    int listener, uint64_t *mark, int *number, uint32_t *architecture, uint64_t *second) {
    struct seccomp_notif call;
    memset(&call, 0, sizeof call);
    long result = cl_result(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call));
    *mark = call.id;
    *number = call.data.nr;
    *architecture = call.data.arch;
    *second = call.data.args[1];
    return result;
}

// Lets such a call go on, or fails it with an error above 0.
static inline long cl_answer_call(int listener, uint64_t mark, int error) {
    struct seccomp_notif_resp answer;
    memset(&answer, 0, sizeof answer);
    answer.id = mark;
    answer.error = -error;
    answer.flags = error ? 0 : 1 /* SECCOMP_USER_NOTIF_FLAG_CONTINUE */;
    return cl_result(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer));
}

// A session keyring of its own for the caller and its children to come.
static inline long cl_new_session_keyring(void) {
    return cl_result(syscall(SYS_keyctl, 1 /* KEYCTL_JOIN_SESSION_KEYRING */, (void *)0));
}

// The version of Landlock's interface; -ENOSYS or -EOPNOTSUPP where there is none.
static inline long cl_landlock_version(void) {
    return cl_result(syscall(SYS_landlock_create_ruleset, (void *)0, 0, 1));
}

// Rights over files and scopes that the new rules deny unless they allow them.
static inline long cl_landlock_create(uint64_t files, uint64_t scopes) {
    uint64_t handled[3] = {files, 0 /* network */, scopes};
    return cl_result(syscall(SYS_landlock_create_ruleset, handled, sizeof handled, 0));
}

// Allows rights below what a descriptor refers to.
static inline long cl_landlock_allow(int rules, uint64_t rights, int place) {
    struct { uint64_t rights; int32_t place; } __attribute__((packed)) rule = {rights, place};
    return cl_result(syscall(SYS_landlock_add_rule, rules, 1 /* PATH_BENEATH */, &rule, 0));
}

static inline long cl_landlock_restrict(int rules) {
    return cl_result(syscall(SYS_landlock_restrict_self, rules, 0));
}

#endif
