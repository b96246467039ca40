// case: C04
// attack: signals a process of the host's by its number
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    int target = atoi(given("TARGET"));
    try_call(syscall(SYS_pidfd_send_signal, syscall(SYS_pidfd_open, target, 0), SIGUSR1, 0, 0));
    must_fail(kill(target, SIGUSR1));
}
