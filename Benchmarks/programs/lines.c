// Writes as many lines of 20 bytes as it is told.
#include <stdio.h>

int main(void) {
    int count;
    if (scanf("%d", &count) != 1) return 1;
    while (count-- > 0) fputs("1234 5678 9012 3456\n", stdout);
}
