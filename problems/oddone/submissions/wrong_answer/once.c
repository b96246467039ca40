/* Takes it for granted that no ticket occurs more than twice: looks for one that differs from its neighbours. */
#include <stdio.h>
#include <stdlib.h>

static int tickets[1100000];

static int compare(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int i = 0; i < n; i++)
        if (scanf("%d", &tickets[i]) != 1)
            return 1;
    qsort(tickets, n, sizeof *tickets, compare);
    for (int i = 0; i < n; i++)
        if ((i == 0 || tickets[i - 1] != tickets[i]) && (i == n - 1 || tickets[i + 1] != tickets[i])) {
            printf("%d\n", tickets[i]);
            return 0;
        }
    printf("none\n");
    return 0;
}
