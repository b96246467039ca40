// Leaves a message queue, a semaphore set, a shared memory segment and a POSIX object; prints how
// many of them it found already there.
#include <fcntl.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>
int main(void) {
    int found = 0;
    found += msgget(4711, 0600) >= 0;
    found += semget(4711, 1, 0600) >= 0;
    found += shmget(4711, 4096, 0600) >= 0;
    found += shm_open("/left", O_RDWR, 0600) >= 0;
    found += access("/tmp/left", F_OK) == 0;
    int made = msgget(4711, 0600 | IPC_CREAT) >= 0;
    made += semget(4711, 1, 0600 | IPC_CREAT) >= 0;
    made += shmget(4711, 4096, 0600 | IPC_CREAT) >= 0;
    made += shm_open("/left", O_RDWR | O_CREAT, 0600) >= 0;
    made += open("/tmp/left", O_WRONLY | O_CREAT, 0600) >= 0;
    printf("found %d made %d\n", found, made);
    return 0;
}
