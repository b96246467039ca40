// Makes every system call number from argv[1] up to argv[2] with arguments that are nothing, each in a
// child of its own, and prints `number answer`: an errno, 0 for a success, S and a signal for a
// child that was ended, W for one that waits, X for one that ended itself.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
// All bits set is no descriptor, address, process, flag or command.
static long call(long number) {
    long none = ~0l;
    return syscall(number, none, none, none, none, none, none);
}
int main(int argc, char **argv) {
    for (long number = atol(argv[1]); number <= atol(argv[2]); number += 1) {
        int ends[2];
        if (pipe(ends)) return 2;
        pid_t child = fork();
        if (child < 0) return 3;
        if (child == 0) {
            // A call that has no end of its own; the answer is then that there was none.
            struct sigaction ends_by_alarm = {.sa_handler = SIG_DFL};
            sigaction(SIGALRM, &ends_by_alarm, 0);
            alarm(1);
            errno = 0;
            int answer = call(number) < 0 ? errno : 0;
            if (write(ends[1], &answer, sizeof answer) < 0) _exit(4);
            _exit(0);
        }
        close(ends[1]);
        int answer, status;
        long count = read(ends[0], &answer, sizeof answer);
        waitpid(child, &status, 0);
        close(ends[0]);
        if (count == sizeof answer) printf("%ld %d\n", number, answer);
        else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) printf("%ld W\n", number);
        else if (WIFSIGNALED(status)) printf("%ld S%d\n", number, WTERMSIG(status));
        else printf("%ld X\n", number);
        fflush(stdout);
    }
    return 0;
}
