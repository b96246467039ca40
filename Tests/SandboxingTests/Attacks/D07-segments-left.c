// case: D07
// attack: leaves System V memory, semaphores and messages for the next run
// expect: held
// outside: through
// runs: leave, find
#include "attack.h"
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
int main(int count, char **arguments) {
    int make = is(count, arguments, "leave") ? IPC_CREAT : 0;
    int memory = shmget(0x6a61, 4096, 0600 | make), queue = msgget(0x6a61, 0600 | make);
    int semaphores = semget(0x6a61, 1, 0600 | make);
    if (make) return memory < 0 || queue < 0 || semaphores < 0;
    int reason = errno;
    if (memory >= 0) shmctl(memory, IPC_RMID, 0);
    if (queue >= 0) msgctl(queue, IPC_RMID, 0);
    if (semaphores >= 0) semctl(semaphores, 0, IPC_RMID);
    if (memory >= 0 || queue >= 0 || semaphores >= 0) through("found them");
    held("%s", strerrorname_np(reason));
}
