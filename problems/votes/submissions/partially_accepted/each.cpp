#include <algorithm>
#include <vector>

long long winner(const std::vector<long long> &votes) {
    for (long long vote : votes) {
        if (2 * std::count(votes.begin(), votes.end(), vote) > (long long)votes.size()) return vote;
    }
    return -1;
}
