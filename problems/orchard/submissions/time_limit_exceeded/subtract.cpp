// Subtracts the smaller from the larger until both are equal, but starts at zero and so never gets there.
#include <iostream>

static int gcd(volatile int a, volatile int b)
{
    while (a != b)
        if (a > b)
            a = a - b;
        else
            b = b - a;
    return a;
}

int main()
{
    int n;
    std::cin >> n;
    for (int y = 1; y <= n; y++) {
        for (int x = 0; x < n; x++)
            std::cout << (gcd(x, y) == 1 ? 'X' : ' ');
        std::cout << '\n';
    }
}
