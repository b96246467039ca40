#include <iostream>

long long sum(long long n);

// Called through a volatile pointer, so that the compiler does not make a loop of it.
long long (*volatile call)(long long) = sum;

long long sum(long long n) {
    return n == 0 ? 0 : n + call(n - 1);
}

int main() {
    long long n;
    std::cin >> n;
    std::cout << sum(n) << '\n';
}
