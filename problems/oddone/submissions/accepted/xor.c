#include <stdio.h>

int main(void)
{
    unsigned n, ticket, odd = 0;
    if (scanf("%u", &n) != 1)
        return 1;
    while (n-- > 0 && scanf("%u", &ticket) == 1)
        odd ^= ticket;
    printf("%u\n", odd);
    return 0;
}
