#include <iostream>
#include <string>

int main() {
    int generation, digit, tries;
    std::cin >> generation >> digit >> tries;
    int low = generation == 1 ? 1 : 100 * digit + 1;
    int high = generation == 1 ? 1000 : 100 * digit + 100;
    int middle = 0;
    std::string answer;
    while (answer != "open") {
        middle = (low + high) / 2;
        std::cout << "try " << middle << std::endl;
        if (!(std::cin >> answer)) return 1;
        if (answer == "higher") low = middle + 1;
        if (answer == "lower") high = middle - 1;
    }
    std::cout << "leave " << (middle - 1) / 100 << std::endl;
}
