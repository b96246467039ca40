// Has room for too few measurements.
#include <array>
#include <cmath>
#include <iostream>

int main()
{
    std::array<double, 1000> x{};
    int n;
    std::cin >> n;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) {
        std::cin >> x.at(i);
        sum += x.at(i);
    }
    for (int i = 0; i < n; i++)
        squares += (x.at(i) - sum / n) * (x.at(i) - sum / n);
    std::cout.precision(15);
    std::cout << sum / n << ' ' << std::sqrt(squares / n) << '\n';
}
