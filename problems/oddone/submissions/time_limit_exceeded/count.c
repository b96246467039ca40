/* Counts each ticket by reading the whole list again. */
#include <stdio.h>

static int tickets[1100000];

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int i = 0; i < n; i++)
        if (scanf("%d", &tickets[i]) != 1)
            return 1;
    for (int i = 0; i < n; i++) {
        int count = 0;
        for (int j = 0; j < n; j++)
            count += tickets[i] == tickets[j];
        if (count % 2) {
            printf("%d\n", tickets[i]);
            return 0;
        }
    }
    return 1;
}
