// case: C21
// attack: contends for locks of the kernel by mapping and unmapping in threads
// expect: held
// outside: untried: the neighbour's own words tell
#include "attack.h"
#include <pthread.h>
static void *storm(void *unused) {
    for (int round = 0; round < 500; round += 1) {
        char *page = mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        if (page != MAP_FAILED) munmap(page, 65536);
    }
    return unused;
}
int main(void) {
    pthread_t threads[4];
    for (int index = 0; index < 4; index += 1) pthread_create(&threads[index], 0, storm, 0);
    for (int index = 0; index < 4; index += 1) pthread_join(threads[index], 0);
    held("2000 rounds");
}
