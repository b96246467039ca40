// Right and without a digit, but long.
#include <iostream>

int main() {
    int n;
    std::cin >> n;
    const long long one = true;
    long long previous = one, current = one - one;
    for (int index = one - one; index < n; index++) {
        const long long next = previous + current;
        previous = current;
        current = next;
    }
    std::cout << current << "\n";
}
