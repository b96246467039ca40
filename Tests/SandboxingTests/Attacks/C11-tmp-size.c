// case: C11
// attack: fills /tmp beyond its size by many files
// expect: held
// outside: through
// limits: tmp=4M
#include "attack.h"
static char block[1 << 20];
int main(void) {
    for (int number = 0; number < 8; number += 1) {
        char path[64];
        snprintf(path, sizeof path, "/tmp/judge-attack-%d", number);
        int file = open(path, O_RDWR | O_CREAT, 0600);
        unlink(path);
        if (file < 0 || write(file, block, sizeof block) != sizeof block)
            held("%s after %d MiB", strerrorname_np(errno), number);
    }
    through("8 MiB of 4");
}
