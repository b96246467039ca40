#include <iostream>

int main() {
    for (std::string line; std::getline(std::cin, line);) {
    }
}
