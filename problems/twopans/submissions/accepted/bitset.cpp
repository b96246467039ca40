#include <bitset>
#include <iostream>

static std::bitset<1000001> reached;

int main()
{
    int n, weight, total = 0;
    std::cin >> n;
    reached[0] = true;
    while (std::cin >> weight) {
        reached |= reached << weight;
        total += weight;
    }
    int half = total / 2;
    while (!reached[half])
        half--;
    std::cout << total - 2 * half << '\n';
}
