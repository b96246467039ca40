/* Tries every way to fill one pan. */
#include <stdio.h>

static int n, weights[300], total, best;

static void fill(int i, int pan)
{
    int difference = total > 2 * pan ? total - 2 * pan : 2 * pan - total;
    if (difference < best)
        best = difference;
    if (i == n)
        return;
    fill(i + 1, pan);
    fill(i + 1, pan + weights[i]);
}

int main(void)
{
    if (scanf("%d", &n) != 1)
        return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &weights[i]) != 1)
            return 1;
        total += weights[i];
    }
    best = total;
    fill(0, 0);
    printf("%d\n", best);
    return 0;
}
