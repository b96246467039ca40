// case: D08 C22
// attack: sees how much its neighbours use by counts that the kernel keeps for each user
// expect: held
// outside: through
// runs: a beside b
#include "attack.h"
// Pages in pipes, queued signals and queues are counted so; the namespace must count for itself.
int main(int count, char **arguments) {
    sigset_t every;
    sigfillset(&every);
    sigprocmask(SIG_BLOCK, &every, 0);
    if (is(count, arguments, "a")) {
        for (int number = 0; number < 300; number += 1) sigqueue(getpid(), SIGRTMIN, (union sigval){0});
        tell("ready\n");
        for (;;) pause();
    }
    char line[256];
    long waiting = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file)) sscanf(line, "SigQ: %ld", &waiting);
    if (waiting >= 300) through("%ld signals wait for another", waiting);
    held("%ld", waiting);
}
