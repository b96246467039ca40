// case: C10 D07
// attack: takes memory in a System V segment beyond its limit
// expect: outcome memory
// outside: through
// limits: memory=24M
#include "attack.h"
#include <sys/shm.h>
int main(void) {
    int segment = shmget(IPC_PRIVATE, 64 << 20, IPC_CREAT | 0600);
    char *bytes = shmat(segment, 0, 0);
    if (bytes == (void *)-1) held("%s", strerrorname_np(errno));
    shmctl(segment, IPC_RMID, 0);
    memset(bytes, 1, 64 << 20);
    through("64 MiB of 24");
}
