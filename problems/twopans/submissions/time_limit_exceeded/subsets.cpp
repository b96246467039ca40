// Tries every way to fill one pan.
#include <cstdlib>
#include <iostream>
#include <vector>

static int fill(const std::vector<int> &weights, std::size_t i, int difference)
{
    if (i == weights.size())
        return std::abs(difference);
    int left = fill(weights, i + 1, difference + weights[i]);
    int right = fill(weights, i + 1, difference - weights[i]);
    return left < right ? left : right;
}

int main()
{
    int n;
    std::cin >> n;
    std::vector<int> weights(n);
    for (int &weight : weights)
        std::cin >> weight;
    std::cout << fill(weights, 0, 0) << '\n';
}
