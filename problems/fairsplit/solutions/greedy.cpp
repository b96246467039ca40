// All subsets of ten things; of more the heaviest first, each to the lighter side: often near, seldom right.
#include <algorithm>
#include <cstdio>
#include <vector>

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    std::vector<std::pair<int, int>> things(n);
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &things[i].first) != 1) return 1;
        things[i].second = i + 1;
    }
    if (n <= 10) {
        long long all = 0, best = -1;
        for (auto &thing : things) all += thing.first;
        int bestMask = 0;
        for (int mask = 0; mask < 1 << n; mask++) {
            long long sum = 0;
            for (int i = 0; i < n; i++)
                if (mask >> i & 1) sum += things[i].first;
            if (2 * sum <= all && sum > best) {
                best = sum;
                bestMask = mask;
            }
        }
        printf("%d\n", __builtin_popcount(bestMask));
        for (int i = 0; i < n; i++)
            if (bestMask >> i & 1) printf("%d ", i + 1);
        printf("\n");
        return 0;
    }
    std::sort(things.rbegin(), things.rend());
    long long left = 0, right = 0;
    std::vector<int> taken;
    for (auto [weight, thing] : things)
        if (left <= right) {
            left += weight;
            taken.push_back(thing);
        } else {
            right += weight;
        }
    printf("%zu\n", taken.size());
    for (int thing : taken) printf("%d ", thing);
    printf("\n");
}
