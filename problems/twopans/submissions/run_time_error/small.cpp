// Has room for sums up to a thousand.
#include <iostream>
#include <vector>

int main()
{
    int n, weight, total = 0;
    std::vector<char> reached(1001);
    std::cin >> n;
    reached.at(0) = 1;
    while (std::cin >> weight) {
        total += weight;
        for (int sum = total; sum >= weight; sum--)
            reached.at(sum) |= reached.at(sum - weight);
    }
    int half = total / 2;
    while (!reached.at(half))
        half--;
    std::cout << total - 2 * half << '\n';
}
