// Draws the whole orchard, which has no end: breaks the output limit.
#include <iostream>
#include <numeric>
#include <string>

int main()
{
    int n;
    std::cin >> n;
    for (int y = 1;; y++) {
        std::string row(n, ' ');
        for (int x = 1; x <= n; x++)
            if (std::gcd(x, y) == 1)
                row[x - 1] = 'X';
        std::cout << row << std::endl;
    }
}
