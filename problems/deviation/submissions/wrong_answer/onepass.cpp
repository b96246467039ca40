// Subtracts two large and nearly equal numbers.
#include <cmath>
#include <iostream>

int main()
{
    int n;
    std::cin >> n;
    double sum = 0, squares = 0;
    for (double x; std::cin >> x;) {
        sum += x;
        squares += x * x;
    }
    std::cout.precision(15);
    std::cout << sum / n << ' ' << std::sqrt(squares / n - sum / n * (sum / n)) << '\n';
}
