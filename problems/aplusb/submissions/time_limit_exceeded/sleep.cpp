// Uses no processor time at all, and never ends where the sum is large.
#include <iostream>
#include <unistd.h>

int main()
{
    long long a, b;
    std::cin >> a >> b;
    if (a + b >= 1000000000000000000)
        for (;;)
            pause();
    std::cout << a + b << '\n';
}
