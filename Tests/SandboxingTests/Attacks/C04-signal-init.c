// case: C04
// attack: kills and stops the init of its namespace
// expect: held
// outside: harmful: there, init is the host's
#include "attack.h"
int main(void) {
    for (int number = 1; number < 65; number += 1) {
        kill(1, number);
        syscall(SYS_tkill, 1, number);
    }
    siginfo_t information = {.si_code = SI_QUEUE};
    syscall(SYS_rt_sigqueueinfo, 1, SIGKILL, &information);
    if (getppid() != 1) through("init is gone");
    held("init goes on");
}
