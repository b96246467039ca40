#include <cstdio>
#include <vector>

long long winner(const std::vector<long long> &votes);

int main() {
    int n;
    if (std::scanf("%d", &n) != 1) return 1;
    std::vector<long long> votes(n);
    for (long long &vote : votes) {
        if (std::scanf("%lld", &vote) != 1) return 1;
    }
    std::printf("%lld\n", winner(votes));
}
