// Small letters.
#include <iostream>
#include <numeric>

int main()
{
    int n;
    std::cin >> n;
    for (int y = 1; y <= n; y++) {
        for (int x = 1; x <= n; x++)
            std::cout << (std::gcd(x, y) == 1 ? 'x' : ' ');
        std::cout << '\n';
    }
}
