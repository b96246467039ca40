// Keeps sixteen bits.
#include <cstdint>
#include <iostream>

int main()
{
    int n, ticket;
    std::uint16_t odd = 0;
    std::cin >> n;
    while (std::cin >> ticket)
        odd ^= static_cast<std::uint16_t>(ticket);
    std::cout << odd << '\n';
}
