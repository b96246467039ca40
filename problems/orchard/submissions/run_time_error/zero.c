/* Starts at zero and divides by it. */
#include <stdio.h>

static int gcd(volatile int a, volatile int b)
{
    while (a % b != 0) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return b;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++)
            putchar(gcd(y + 1, x) == 1 ? 'X' : ' ');
        putchar('\n');
    }
    return 0;
}
