#include <iostream>
#include <string>

int main() {
    long long low = 1, high;
    std::cin >> high;
    std::string answer;
    while (answer != "here") {
        const long long middle = (low + high) / 2;
        std::cout << middle << std::endl;
        if (!(std::cin >> answer)) return 1;
        if (answer == "after") low = middle + 1;
        if (answer == "before") high = middle - 1;
    }
}
