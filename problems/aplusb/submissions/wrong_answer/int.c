/* Keeps 32 bits of the sum. */
#include <stdio.h>

int main(void)
{
    long long a, b;
    if (scanf("%lld %lld", &a, &b) != 2)
        return 1;
    printf("%d\n", (int)(a + b));
    return 0;
}
