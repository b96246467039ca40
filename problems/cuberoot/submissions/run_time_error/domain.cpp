// Throws for a negative number and catches nothing.
#include <cmath>
#include <iostream>
#include <stdexcept>

static double root(double x)
{
    if (x < 0)
        throw std::domain_error("a negative number has no root");
    return std::cbrt(x);
}

int main()
{
    int q;
    std::cin >> q;
    std::cout.precision(15);
    for (double x; std::cin >> x;)
        std::cout << root(x) << '\n';
}
