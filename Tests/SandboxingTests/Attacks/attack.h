// What the hostile programs share: how they say what came of it. They write with one call and leave
// at once, so that no buffer, handler or thread has a part in it.
#ifndef ATTACK_H
#define ATTACK_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline void say(const char *word, const char *format, va_list values) {
    char line[1024];
    int length = snprintf(line, 64, "%s: ", word);
    length += vsnprintf(line + length, sizeof line - 70, format, values);
    if (length > (int)sizeof line - 2) length = sizeof line - 2;
    line[length] = '\n';
    if (write(1, line, length + 1) < 0) _exit(3);
}

// The attack succeeded, and with what.
__attribute__((format(printf, 1, 2), noreturn, unused)) static void through(const char *format, ...) {
    va_list values;
    va_start(values, format);
    say("through", format, values);
    _exit(0);
}

// It did not, and why.
__attribute__((format(printf, 1, 2), noreturn, unused)) static void held(const char *format, ...) {
    va_list values;
    va_start(values, format);
    say("held", format, values);
    _exit(0);
}

// What a first run of two has to say to the harness.
__attribute__((unused)) static void tell(const char *line) {
    if (write(1, line, strlen(line)) < 0) _exit(3);
}

// A call that must fail: through when it does not, held with the reason's name when it does.
#define must_fail(call)                                                        \
    do {                                                                       \
        errno = 0;                                                             \
        long result_ = (long)(call);                                           \
        if (result_ >= 0) through("%s gave %ld", #call, result_);              \
        held("%s", strerrorname_np(errno));                                    \
    } while (0)

// As above, but goes on to the next when it fails.
#define try_call(call)                                                         \
    do {                                                                       \
        errno = 0;                                                             \
        long result_ = (long)(call);                                           \
        if (result_ >= 0) through("%s gave %ld", #call, result_);              \
    } while (0)

// A value that the harness gives: CANARY (a file of the host's), PORT, ABSTRACT, SOCKET, TARGET.
__attribute__((unused)) static const char *given(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

// CPU time of this process so far, in milliseconds.
__attribute__((unused)) static long cpu_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

__attribute__((unused)) static long wall_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Whether this is the run that finds, or the one beside, of two.
__attribute__((unused)) static int is(int count, char **arguments, const char *word) {
    return count > 1 && !strcmp(arguments[1], word);
}
#endif
