// Burns CPU for argv[1] milliseconds of its own CPU time, in argv[2] processes at once.
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static void spin(long milliseconds) {
    struct timespec now;
    do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    while (now.tv_sec * 1000 + now.tv_nsec / 1000000 < milliseconds);
}
int main(int argc, char **argv) {
    long milliseconds = atol(argv[1]);
    int children = argc > 2 ? atoi(argv[2]) : 1;
    for (int child = 1; child < children; child += 1)
        if (fork() == 0) {
            spin(milliseconds);
            return 0;
        }
    spin(milliseconds);
    while (wait(0) > 0);
    return 0;
}
