// Sleeps for argv[1] milliseconds.
#include <stdlib.h>
#include <time.h>
int main(int argc, char **argv) {
    long milliseconds = argc > 1 ? atol(argv[1]) : 3600000;
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, 0);
    return 0;
}
