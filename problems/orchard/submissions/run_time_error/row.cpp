// One character too many in every row.
#include <iostream>
#include <numeric>
#include <string>

int main()
{
    int n;
    std::cin >> n;
    for (int y = 1; y <= n; y++) {
        std::string row(n, ' ');
        for (int x = 1; x <= n; x++)
            if (std::gcd(x, y) == 1)
                row.at(x) = 'X';
        std::cout << row << '\n';
    }
}
