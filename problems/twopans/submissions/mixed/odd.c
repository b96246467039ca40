/* Gives up where the weights do not balance. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int n, weight, total = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    while (scanf("%d", &weight) == 1)
        total += weight;
    if (total % 2 || n < 4)
        return EXIT_FAILURE;
    puts("0");
    return 0;
}
