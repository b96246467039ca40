// An exception that nobody catches.
#include <iostream>
#include <stdexcept>

int main()
{
    long long a, b;
    std::cin >> a >> b;
    std::cout << a + b << std::endl;
    throw std::runtime_error("thrown after a right answer");
}
