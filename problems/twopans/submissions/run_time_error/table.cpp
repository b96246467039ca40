// A row of sums for every weight: far more memory than there is.
#include <iostream>
#include <numeric>
#include <vector>

int main()
{
    int n;
    std::cin >> n;
    std::vector<int> weights(n);
    for (int &weight : weights)
        std::cin >> weight;
    int total = std::accumulate(weights.begin(), weights.end(), 0);
    std::vector<std::vector<int>> table(n + 1, std::vector<int>(total + 1));
    table[0][0] = 1;
    for (int i = 0; i < n; i++)
        for (int sum = 0; sum <= total; sum++)
            table[i + 1][sum] = table[i][sum] || (sum >= weights[i] && table[i][sum - weights[i]]);
    int half = total / 2;
    while (!table[n][half])
        half--;
    std::cout << total - 2 * half << '\n';
}
