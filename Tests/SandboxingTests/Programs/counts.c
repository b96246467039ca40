// Sleeps argv[1] times and touches argv[2] pages for the first time, in argv[3] threads at once.
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
static int sleeps, pages;
static void *work(void *unused) {
    struct timespec moment = {0, 100000};
    for (int count = 0; count < sleeps; count += 1) nanosleep(&moment, 0);
    volatile char *memory = mmap(
        0, 4096L * pages + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) exit(2);
    madvise((void *)memory, 4096L * pages + 4096, MADV_NOHUGEPAGE);
    for (int page = 0; page < pages; page += 1) memory[4096L * page] = 1;
    return unused;
}
int main(int argc, char **argv) {
    pthread_t threads[8];
    int count = argc > 3 ? atoi(argv[3]) : 1;
    sleeps = argc > 1 ? atoi(argv[1]) : 0;
    pages = argc > 2 ? atoi(argv[2]) : 0;
    if (count > 8) return 3;
    for (int thread = 1; thread < count; thread += 1)
        if (pthread_create(&threads[thread], 0, work, 0)) return 4;
    work(0);
    for (int thread = 1; thread < count; thread += 1) pthread_join(threads[thread], 0);
    return 0;
}
