#include <algorithm>
#include <iostream>
#include <vector>

int main()
{
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::vector<int> tickets(n);
    for (int &ticket : tickets)
        std::cin >> ticket;
    std::sort(tickets.begin(), tickets.end());
    for (auto at = tickets.begin(); at != tickets.end();) {
        auto end = std::upper_bound(at, tickets.end(), *at);
        if ((end - at) % 2)
            std::cout << *at << '\n';
        at = end;
    }
}
