// Never finds an end.
#include <iostream>

int main() {
    volatile unsigned long long n, i = 1;
    unsigned long long read;
    std::cin >> read;
    n = read;
    while (n != 0) i = i + 1;
    std::cout << i << "\n";
}
