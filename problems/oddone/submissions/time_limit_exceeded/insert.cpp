// Keeps the list in order all the time, moving half of it for every ticket.
#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
    int n, ticket;
    std::vector<int> tickets;
    std::cin >> n;
    while (std::cin >> ticket)
        tickets.insert(std::upper_bound(tickets.begin(), tickets.end(), ticket), ticket);
    for (auto at = tickets.begin(); at != tickets.end();) {
        auto end = std::upper_bound(at, tickets.end(), *at);
        if ((end - at) % 2)
            std::cout << *at << '\n';
        at = end;
    }
}
