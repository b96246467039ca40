// case: B11
// attack: opens terminals and types into them by TIOCSTI, also with upper bits, and by TIOCLINUX
// expect: held
// outside: through or absent
#include "attack.h"
#include <sys/ioctl.h>
int main(void) {
    for (int number = 0; number < 3; number += 1) {
        try_call(syscall(SYS_ioctl, number, 0x5412, "x"));
        try_call(syscall(SYS_ioctl, number, 0x100005412ul, "x"));
        try_call(syscall(SYS_ioctl, number, 0x541c, "\3"));
    }
    try_call(open("/dev/tty", O_RDWR));
    try_call(open("/dev/ptmx", O_RDWR | O_NOCTTY));
    try_call(open("/dev/console", O_RDWR | O_NOCTTY));
    must_fail(open("/dev/tty0", O_RDWR | O_NOCTTY));
}
