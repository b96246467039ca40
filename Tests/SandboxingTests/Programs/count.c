// Counts to argv[1], now and then touching a few hundred kilobytes of memory, and prints the count.
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) {
    static volatile char memory[1 << 18];
    long end = atol(argv[1]);
    volatile long count = 0;
    while (count < end) {
        if (count % 64 == 0) memory[count % sizeof memory] += 1;
        count += 1;
    }
    printf("%ld\n", count);
    return 0;
}
