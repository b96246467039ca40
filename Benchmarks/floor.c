// usage: floor [--namespaces] [--input FILE] [--output FILE] LOOPS RUNS PROGRAM [ARGUMENT...]
//
// The kernel's floor: starts PROGRAM and waits for its end, RUNS times in each of LOOPS processes at one time.
// Prints the median and the 90 % quantile of all in microseconds, and how many ended in a second.
//
// --namespaces  all seven namespaces are fresh for each: what a sandbox costs before it has done anything
// --input, --output  files for its standard input and output
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *input = "/dev/null", *output = "/dev/null";
static int more;
static _Alignas(16) char stack[65536];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static int start(void *command) {
    char **arguments = command;
    int in = open(input, O_RDONLY | O_CLOEXEC);
    int out = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0) _exit(126);
    execv(arguments[0], arguments);
    _exit(127);
}

static void loop(int runs, char **command, double *times) {
    // Descriptors are the child's own, memory is shared until it execs.
    int flags = CLONE_VM | CLONE_VFORK | SIGCHLD | more, status;
    for (int i = 0; i < runs; i++) {
        double begun = now();
        int pid = clone(start, stack + sizeof stack, flags, command);
        if (pid < 0) err(1, "cannot clone");
        if (waitpid(pid, &status, 0) < 0) err(1, "cannot wait");
        if (status != 0) errx(1, "%s ended with status %d", command[0], status);
        times[i] = now() - begun;
    }
}

static int before(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        if (strcmp(argv[at], "--namespaces") == 0)
            more = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNET
                | CLONE_NEWCGROUP;
        else if (strcmp(argv[at], "--input") == 0 && at + 1 < argc) input = argv[++at];
        else if (strcmp(argv[at], "--output") == 0 && at + 1 < argc) output = argv[++at];
        else errx(64, "unknown option %s", argv[at]);
    }
    if (argc - at < 3) errx(64, "usage: floor [--namespaces] [--input FILE] [--output FILE] LOOPS RUNS PROGRAM...");
    int loops = atoi(argv[at]), runs = atoi(argv[at + 1]), status, failed = 0;
    if (loops < 1 || loops > 64 || runs < 1 || runs > 1000000) errx(64, "LOOPS or RUNS out of range");
    size_t count = (size_t)loops * runs;
    double *times = mmap(NULL, count * sizeof *times, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (times == MAP_FAILED) err(1, "cannot map memory");
    double begun = now();
    for (int i = 0; i < loops; i++) {
        int pid = fork();
        if (pid < 0) err(1, "cannot fork");
        if (pid == 0) {
            loop(runs, argv + at + 2, times + (size_t)i * runs);
            _exit(0);
        }
    }
    for (int i = 0; i < loops; i++) failed |= wait(&status) < 0 || status != 0;
    double took = now() - begun;
    if (failed) return 1;
    qsort(times, count, sizeof *times, before);
    printf("%.1f %.1f %.2f\n", times[count / 2], times[count * 9 / 10], count / took * 1e6);
}
