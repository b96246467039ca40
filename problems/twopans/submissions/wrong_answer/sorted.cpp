// Puts each weight into the lighter pan, the heaviest first.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <vector>

int main()
{
    int n, difference = 0;
    std::cin >> n;
    std::vector<int> weights(n);
    for (int &weight : weights)
        std::cin >> weight;
    std::sort(weights.begin(), weights.end(), std::greater<int>());
    for (int weight : weights)
        difference = std::abs(difference - weight);
    std::cout << difference << '\n';
}
