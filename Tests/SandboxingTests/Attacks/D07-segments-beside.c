// case: D07 D08
// attack: shares System V memory with a run in another slot
// expect: held
// outside: through
// runs: a beside b
#include "attack.h"
#include <sys/shm.h>
int main(int count, char **arguments) {
    if (is(count, arguments, "a")) {
        shmctl(shmget(0x6a62, 4096, 0600), IPC_RMID, 0);
        if (shmget(0x6a62, 4096, 0600 | IPC_CREAT) < 0) return 2;
        tell("ready\n");
        for (;;) pause();
    }
    int segment = shmget(0x6a62, 4096, 0600);
    if (segment >= 0) {
        shmctl(segment, IPC_RMID, 0);
        through("segment %d", segment);
    }
    held("%s", strerrorname_np(errno));
}
