#include "digits.h"
#include <iostream>

int main() {
    int rounds;
    std::cin >> rounds;
    while (rounds--) {
        long long number;
        std::cin >> number;
        for (int place = 0; place < places; place++, number /= base)
            std::cout << place * base + number % base << (place + 1 < places ? ' ' : '\n');
        std::cout.flush();
    }
}
