// Tries all pairs.
#include <iostream>

int main() {
    long long n;
    std::cin >> n;
    for (long long x = 0; x <= 1000000; x++)
        for (long long y = 1000000; y >= 0; y--)
            if (x * x + y * y == n) {
                std::cout << x << ' ' << y << std::endl;
                return 0;
            }
    std::cout << "impossible" << std::endl;
}
