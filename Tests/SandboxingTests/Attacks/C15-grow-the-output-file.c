// case: C15 C13
// attack: makes standard output large by other means than writing to it in turn
// expect: held or outcome output or signal 25
// outside: untried: what output is differs from host to host
#include "attack.h"
int main(void) {
    signal(SIGXFSZ, SIG_IGN);
    int again = open("/proc/self/fd/1", O_RDWR);
    for (int file = 1; file != -2; file = file == 1 && again >= 0 ? again : -2) {
        lseek(file, 1l << 34, SEEK_SET);
        if (!fallocate(file, 0, 0, 1l << 32) || !ftruncate(file, 1l << 32)) {
            ftruncate(file, 0);
            lseek(file, 0, SEEK_SET);
            through("4 GiB");
        }
        lseek(file, 0, SEEK_SET);
    }
    held("%s", strerrorname_np(errno));
}
