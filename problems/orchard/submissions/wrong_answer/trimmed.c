/* Leaves out the spaces at the ends of lines. */
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
        int end = n;
        while (gcd(end, y) != 1)
            end--;
        for (int x = 1; x <= end; x++)
            putchar(gcd(x, y) == 1 ? 'X' : ' ');
        putchar('\n');
    }
    return 0;
}
