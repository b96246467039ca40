#include <algorithm>
#include <vector>

long long winner(const std::vector<long long> &votes) {
    std::vector<long long> sorted(votes);
    std::sort(sorted.begin(), sorted.end());
    long long middle = sorted[sorted.size() / 2];
    return 2 * std::count(votes.begin(), votes.end(), middle) > (long long)votes.size() ? middle : -1;
}
