// Throws where there is no answer.
#include <cmath>
#include <iostream>
#include <stdexcept>

int main() {
    long long n;
    std::cin >> n;
    for (long long x = 0; x * x <= n; x++) {
        long long y = std::llround(std::sqrt(static_cast<double>(n - x * x)));
        if (x * x + y * y == n) {
            std::cout << x << ' ' << y << '\n';
            return 0;
        }
    }
    throw std::runtime_error("impossible");
}
