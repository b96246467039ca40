#include <iostream>

int main() {
    int n, times;
    std::cin >> n >> times;
    for (volatile unsigned long steps = 0;; steps = steps + 1) {}
}
