// Leaves an orphan that burns CPU without end, and exits when that has burned argv[1] milliseconds.
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
int main(int argc, char **argv) {
    clockid_t clock;
    struct timespec used = {0, 0};
    pid_t child = fork();
    if (child == 0) for (volatile long one = 0;; one += 1);
    if (child < 0 || clock_getcpuclockid(child, &clock)) return 2;
    while (used.tv_sec * 1000 + used.tv_nsec / 1000000 < atol(argv[1])) {
        usleep(1000);
        if (clock_gettime(clock, &used)) return 3;
    }
    return 0;
}
