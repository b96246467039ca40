#include <stdio.h>

static int gcd(int a, int b)
{
    return b == 0 ? a : gcd(b, a % b);
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int y = 1; y <= n; y++) {
        for (int x = 1; x <= n; x++)
            putchar(gcd(x, y) == 1 ? 'X' : ' ');
        putchar('\n');
    }
    return 0;
}
