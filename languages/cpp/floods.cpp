#include <iostream>

int main() {
    while (true) {
        std::cout << "All work and no play makes Jack a dull boy.\n";
    }
}
