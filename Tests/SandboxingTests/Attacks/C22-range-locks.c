// case: C22
// attack: fills the kernel's memory with locks of single bytes, which it charges to nobody
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    int file = memfd_create("locks", 0);
    // From the end on, so that each lock is found at the front of the list.
    for (long number = 20000; number > 0; number -= 1) {
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2 * number, .l_len = 1};
        if (fcntl(file, number % 2 ? F_SETLK : F_OFD_SETLK, &lock)) held("%s", strerrorname_np(errno));
    }
    through("20000 locks");
}
