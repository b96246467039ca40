/* Adds one at a time. */
#include <stdio.h>

int main(void)
{
    long long a, b;
    if (scanf("%lld %lld", &a, &b) != 2)
        return 1;
    for (volatile long long left = b; left != 0; left += b < 0 ? 1 : -1)
        a += b < 0 ? -1 : 1;
    printf("%lld\n", a);
    return 0;
}
