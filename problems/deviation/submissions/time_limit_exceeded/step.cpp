// Looks for the mean and the deviation in steps of the wanted precision.
#include <cmath>
#include <iostream>
#include <vector>

int main()
{
    int n;
    std::cin >> n;
    std::vector<double> x(n);
    for (double &value : x)
        std::cin >> value;
    double mean = 0, squares = 0;
    for (;; mean += 1e-9) {
        double rest = 0;
        for (double value : x)
            rest += value - mean;
        if (rest <= 0)
            break;
    }
    for (double value : x)
        squares += (value - mean) * (value - mean);
    std::cout.precision(15);
    std::cout << mean << ' ' << std::sqrt(squares / n) << '\n';
}
