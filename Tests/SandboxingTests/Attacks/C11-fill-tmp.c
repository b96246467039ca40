// case: C11
// attack: keeps its memory in files of /tmp and /dev/shm
// expect: outcome memory
// outside: through
// limits: memory=24M tmp=256M
#include "attack.h"
static char block[1 << 20];
int main(void) {
    const char *places[] = {"/tmp/judge-attack-fill", "/dev/shm/judge-attack-fill"};
    memset(block, 1, sizeof block);
    for (int index = 0; index < 2; index += 1) {
        int file = open(places[index], O_RDWR | O_CREAT, 0600);
        if (file < 0) held("%s", strerrorname_np(errno));
        unlink(places[index]);
        for (int piece = 0; piece < 15; piece += 1)
            if (write(file, block, sizeof block) != sizeof block) held("%s", strerrorname_np(errno));
    }
    through("30 MiB of 24");
}
