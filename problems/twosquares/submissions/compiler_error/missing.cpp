#include <iostream>

int main() {
    std::cin >> n;
    std::cout << "impossible" << std::endl;
}
