// case: B08
// attack: traces a child of its own, as the way to faults of ptrace
// expect: held
// outside: through
#include "attack.h"
#include <sys/ptrace.h>
int main(void) {
    int child = fork();
    if (!child) for (;;) pause();
    long result = ptrace(PTRACE_SEIZE, child, 0, 0);
    int reason = errno;
    kill(child, SIGKILL);
    if (!result) through("traced");
    held("%s", strerrorname_np(reason));
}
