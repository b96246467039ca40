// Runs a hostile program where no sandbox is, bounded, and takes every process of it away again.
// Usage: outside USER MILLISECONDS PROGRAM ARGUMENT...
// It becomes USER when that is another; as 0 it is root in namespaces of its own, with a /tmp of its
// own, in a user namespace unless the caller is root. Standard input is given on; descriptor 3 is left open on a
// directory, as careless hosts do. A process of the same user stands by as TARGET.
#include "attack.h"
#include <grp.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static volatile int stopped;

static void on_signal(int number) { stopped |= number == SIGTERM; }

// Counts the children, orphans of children included, because this process takes them on; signals them.
static int children(int except, int sent) {
    char path[64], list[8192];
    int found = 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    int file = open(path, O_RDONLY | O_CLOEXEC);
    long size = file < 0 ? 0 : read(file, list, sizeof list - 1);
    if (file >= 0) close(file);
    list[size > 0 ? size : 0] = 0;
    for (char *rest = list, *word; (word = strtok_r(rest, " ", &rest));) {
        int pid = atoi(word);
        if (pid <= 0 || pid == except) continue;
        if (sent) kill(pid, sent);
        found += 1;
    }
    return found;
}

static void limit(int what, rlim_t most) {
    struct rlimit now;
    getrlimit(what, &now);
    if (now.rlim_max < most) most = now.rlim_max;
    struct rlimit then = {most, most};
    setrlimit(what, &then);
}

static void become(uid_t user) {
    if (!user || getuid() == user) return;
    if (setgroups(0, 0) || setresgid(user, user, user) || setresuid(user, user, user)) _exit(126);
}

static int start_target(uid_t user) {
    int ready[2];
    char text[16];
    if (pipe(ready)) _exit(65);
    int target = fork();
    if (!target) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        become(user);
        // A process that changed its user cannot be looked into until it executes a program.
        prctl(PR_SET_DUMPABLE, 1);
        dup2(open("/dev/null", O_RDWR), 1);
        if (write(ready[1], "x", 1) != 1) _exit(65);
        close(ready[1]);
        close(ready[0]);
        for (;;) pause();
    }
    if (read(ready[0], text, 1) != 1) _exit(65);
    close(ready[0]);
    close(ready[1]);
    snprintf(text, sizeof text, "%d", target);
    setenv("TARGET", text, 1);
    return target;
}

static int put(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    return file < 0 || write(file, text, strlen(text)) < 0 || close(file);
}

// Takes the rights of root over namespaces of its own; what they change is gone with them.
static void become_apart(void) {
    char map[32];
    if (getuid()) {
        snprintf(map, sizeof map, "0 %d 1", getuid());
        if (unshare(CLONE_NEWUSER) || put("/proc/self/setgroups", "deny") || put("/proc/self/uid_map", map)) _exit(126);
    }
    if (unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS)) _exit(126);
    if (mount(0, "/", 0, MS_REC | MS_PRIVATE, 0) || mount("none", "/tmp", "tmpfs", 0, 0)) _exit(126);
}

static void run(uid_t user, char **arguments) {
    // The program may lie in the /tmp that is about to be covered.
    int program = open(arguments[0], O_PATH | O_CLOEXEC);
    setsid();
    limit(RLIMIT_STACK, 256 << 20);
    limit(RLIMIT_AS, 64ul << 30);
    limit(RLIMIT_CPU, 20);
    limit(RLIMIT_FSIZE, 2ul << 40);
    if (!user) become_apart();
    else if (user != getuid()) limit(RLIMIT_NPROC, 256);
    become(user);
    syscall(SYS_execveat, program, "", arguments, environ, AT_EMPTY_PATH);
    _exit(127);
}

int main(int count, char **arguments) {
    if (count < 4) return 64;
    uid_t user = atoi(arguments[1]);
    long until = wall_ms() + atol(arguments[2]);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // A thread of the test's may have started this with every signal blocked.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, 0);
    sigaction(SIGCHLD, &action, 0);
    // What the host's test program left open is not what is shown here.
    close_range(3, ~0u, 0);
    int target = start_target(user);
    int directory = open("/usr", O_RDONLY | O_DIRECTORY);
    if (directory != 3 && dup2(directory, 3) != 3) return 65;
    int child = fork();
    if (!child) run(user, arguments + 3);
    int status = 0, state, one, left = 1;
    while (left && !stopped && wall_ms() < until) {
        while ((one = waitpid(-1, &state, WNOHANG)) > 0)
            if (one == child) {
                status = state;
                child = -1;
                // What it left behind has this long to show itself.
                if (until > wall_ms() + 1000) until = wall_ms() + 1000;
            }
        left = child > 0 || children(target, 0);
        if (left) poll(0, 0, 5);
    }
    // The list may be short while processes end; that none is left is waitpid's to say.
    for (int round = 0; round < 5000; round += 1) {
        children(0, SIGKILL);
        while ((one = waitpid(-1, &state, WNOHANG)) > 0) {}
        if (one < 0 && errno == ECHILD) break;
        poll(0, 0, 1);
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
