#include <iostream>
#include <vector>

int main(int argc, char **) {
    std::vector<int> numbers(3);
    std::cout << numbers.at(argc + 2) << '\n';
}
