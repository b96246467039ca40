#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    int n, k;
    std::cin >> n >> k;
    std::vector<long long> seen(1001);
    int total = 0;
    for (int i = 0; i < n; i++) {
        int number;
        std::cin >> number;
        if (number < k) total += seen[k - number];
        seen[number]++;
    }
    std::cout << total << '\n';
}
