#include <iostream>

int main() {
    long long n, count = 0;
    std::cin >> n;
    for (long long i = 1; i * i <= n; i++)
        if (n % i == 0) count += i * i == n ? 1 : 2;
    std::cout << count << "\n";
}
