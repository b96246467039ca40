#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int n, k, numbers[200];
    if (scanf("%d %d", &n, &k) != 2) return 1;
    if (n > 200) abort();
    long long total = 0;
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &numbers[i]) != 1) return 1;
        for (int j = 0; j < i; j++) total += numbers[i] + numbers[j] == k;
    }
    printf("%lld\n", total);
}
