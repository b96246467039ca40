/* Puts each weight into the lighter pan, as they come. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int n, weight, difference = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    while (scanf("%d", &weight) == 1)
        difference = abs(difference - weight);
    printf("%d\n", difference);
    return 0;
}
