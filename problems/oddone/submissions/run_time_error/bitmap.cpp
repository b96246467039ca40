// One bit per ticket number, for too few numbers.
#include <iostream>
#include <vector>

int main()
{
    int n, ticket;
    std::vector<bool> inside(500000000);
    std::cin >> n;
    while (std::cin >> ticket)
        inside.at(ticket).flip();
    for (std::size_t i = 0; i < inside.size(); i++)
        if (inside[i])
            std::cout << i << '\n';
}
