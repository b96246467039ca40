// Spins until its own CPU clock says argv[1] microseconds, and prints what that says then.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int main(int argc, char **argv) {
    long long wanted = argc > 1 ? atoll(argv[1]) * 1000 : 0, used;
    struct timespec now;
    do {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        used = now.tv_sec * 1000000000LL + now.tv_nsec;
    } while (used < wanted);
    printf("%lld\n", used / 1000);
    return 0;
}
