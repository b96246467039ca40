// Repeats a number when it has used a millisecond of CPU time.
#include <stdio.h>
#include <time.h>

int main(void) {
    int number;
    if (scanf("%d", &number) != 1) return 1;
    struct timespec used;
    do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    while (used.tv_sec == 0 && used.tv_nsec < 1000000);
    printf("%d\n", number);
}
