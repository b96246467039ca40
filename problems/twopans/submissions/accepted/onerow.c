#include <stdio.h>

static char reached[1000001];

int main(void)
{
    int n, total = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    reached[0] = 1;
    for (int i = 0; i < n; i++) {
        int weight;
        if (scanf("%d", &weight) != 1)
            return 1;
        total += weight;
        for (int sum = total; sum >= weight; sum--)
            reached[sum] |= reached[sum - weight];
    }
    int half = total / 2;
    while (!reached[half])
        half--;
    printf("%d\n", total - 2 * half);
    return 0;
}
