// Tries all pairs.
#include <iostream>

int main() {
    long long n;
    std::cin >> n;
    for (long long x = 0; x * x <= n; x++)
        for (long long y = 0; y * y <= n; y++)
            if (x * x + y * y == n) {
                std::cout << x << ' ' << y << std::endl;
                return 0;
            }
    std::cout << "impossible" << std::endl;
}
