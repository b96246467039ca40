/* Tries every number up to the product as a common divisor. */
#include <stdio.h>

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int y = 1; y <= n; y++) {
        for (int x = 1; x <= n; x++) {
            int common = 0;
            for (volatile int d = 1; d <= x * y; d++)
                if (x % d == 0 && y % d == 0)
                    common++;
            putchar(common == 1 ? 'X' : ' ');
        }
        putchar('\n');
    }
    return 0;
}
