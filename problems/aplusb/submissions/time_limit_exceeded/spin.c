/* Never ends. */
#include <stdio.h>

int main(void)
{
    long long a, b;
    if (scanf("%lld %lld", &a, &b) != 2)
        return 1;
    for (volatile unsigned long long i = 0;; i++) {
    }
}
