#include <iostream>
#include <string>

// Coins first to first + count - 1 may be the heavy one.
int main() {
    int count, times, first = 1;
    std::cin >> count >> times;
    while (count > 1) {
        const int k = (count + 1) / 3;
        std::cout << "weigh " << k;
        for (int coin = 0; coin < 2 * k; coin++) std::cout << ' ' << first + coin;
        std::cout << std::endl;
        std::string answer;
        if (!(std::cin >> answer)) return 1;
        if (answer == "right") first += k;
        if (answer == "even") first += 2 * k;
        count = answer == "even" ? count - 2 * k : k;
    }
    std::cout << "coin " << first << std::endl;
}
