// Two rows of sums for each thing and one before them: more than the memory there is.
#include <cstdio>
#include <vector>

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    std::vector<std::vector<long long>> rows;
    for (int i = 0; i <= 2 * n; i++) rows.emplace_back(4000001, i);
    printf("0\n%lld\n", rows[2 * n][n]);
}
