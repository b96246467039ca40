/* A row of sums for every weight: far more memory than there is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    static int weights[300];
    int n, total = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &weights[i]) != 1)
            return 1;
        total += weights[i];
    }
    char **table = calloc(n + 1, sizeof *table);
    for (int i = 0; i <= n; i++) {
        table[i] = malloc(total + 1);
        if (table[i] == NULL)
            abort();
        memset(table[i], 0, total + 1);
    }
    table[0][0] = 1;
    for (int i = 0; i < n; i++)
        for (int sum = 0; sum <= total; sum++)
            table[i + 1][sum] = table[i][sum] || (sum >= weights[i] && table[i][sum - weights[i]]);
    int half = total / 2;
    while (!table[n][half])
        half--;
    printf("%d\n", total - 2 * half);
    return 0;
}
