// The odd numbers downwards, then the even ones downwards: another order than the judge's.
#include <iostream>

int main() {
    int n;
    std::cin >> n;
    if (n == 2 || n == 3) {
        std::cout << "none\n";
        return 0;
    }
    for (int x = n % 2 ? n : n - 1; x > 0; x -= 2) std::cout << x << ' ';
    for (int x = n % 2 ? n - 1 : n; x > 0; x -= 2) std::cout << x << '\n';
}
