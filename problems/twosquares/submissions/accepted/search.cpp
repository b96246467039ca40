#include <cmath>
#include <iostream>

int main() {
    long long n;
    std::cin >> n;
    for (long long x = 0; x * x <= n; x++) {
        long long y = std::llround(std::sqrt(static_cast<double>(n - x * x)));
        if (x * x + y * y == n) {
            std::cout << y << "   " << x << "\n\n";  // any order, any white space
            return 0;
        }
    }
    std::cout << "impossible" << std::endl;
}
