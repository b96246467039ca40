// All subsets: right, and fast enough for twenty things.
#include <cstdio>
#include <cstdlib>

int n, weights[40];
long long all, best, bestMask;

void search(int i, long long sum, long long mask) {
    if (i == n) {
        if (llabs(all - 2 * sum) < best) {
            best = llabs(all - 2 * sum);
            bestMask = mask;
        }
        return;
    }
    search(i + 1, sum, mask);
    search(i + 1, sum + weights[i], mask | 1LL << i);
}

int main() {
    if (scanf("%d", &n) != 1) return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%d", weights + i) != 1) return 1;
        all += weights[i];
    }
    best = all + 1;
    search(0, 0, 0);
    printf("%d\n", __builtin_popcountll(bestMask));
    for (int i = 0; i < n; i++)
        if (bestMask >> i & 1) printf("%d ", i + 1);
    printf("\n");
}
