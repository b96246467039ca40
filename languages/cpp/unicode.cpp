#include <iostream>

int main() {
    std::cout << "Grüße, Ωμέγα, 你好, 🙂\n";
}
