// case: C04
// attack: kills every process that it may, by -1 and by each number
// expect: held
// outside: harmful: it would kill what else the user runs
#include "attack.h"
int main(void) {
    kill(-1, SIGKILL);
    for (int pid = 1; pid < 4096; pid += 1)
        if (pid != getpid() && pid != 1 && !kill(pid, SIGKILL)) through("a process %d", pid);
    held("nobody else is there");
}
