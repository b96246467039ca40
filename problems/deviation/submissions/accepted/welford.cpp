#include <cmath>
#include <iostream>

int main()
{
    int n;
    std::cin >> n;
    double mean = 0, squares = 0, x;
    for (int i = 1; i <= n && std::cin >> x; i++) {
        double before = x - mean;
        mean += before / i;
        squares += before * (x - mean);
    }
    std::cout.precision(15);
    std::cout << mean << ' ' << std::sqrt(squares / n) << '\n';
}
