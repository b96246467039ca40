// case: B23 F05
// attack: writes its own verdict wherever the judge might read it
// expect: held
// outside: untried: no judge is there
#include "attack.h"
int main(void) {
    char path[64];
    for (int number = 3; number < 256; number += 1) {
        errno = 0;
        if (write(number, "accepted", 8) >= 0) through("descriptor %d took it", number);
    }
    for (int pid = 0; pid < 16; pid += 1)
        for (int number = 0; number < 16; number += 1) {
            snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, number);
            if (pid != getpid()) try_call(open(path, O_WRONLY));
        }
    held("%s", strerrorname_np(errno));
}
