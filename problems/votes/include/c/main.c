#include <stdio.h>
#include <stdlib.h>

long long winner(int n, const long long *votes);

int main(void) {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    long long *votes = malloc(n * sizeof *votes);
    for (int i = 0; i < n; i++) {
        if (scanf("%lld", &votes[i]) != 1) return 1;
    }
    printf("%lld\n", winner(n, votes));
}
