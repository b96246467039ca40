#include "digits.h"
#include <iostream>

int main() {
    int rounds;
    std::cin >> rounds;
    while (rounds--) {
        int count;
        std::cin >> count;
        long long number = 0, weight = 1;
        for (int place = 0; place < count; place++, weight *= base) {
            long long card;
            std::cin >> card;
            number += card % base * weight;
        }
        std::cout << number << std::endl;
    }
}
