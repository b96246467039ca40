// The right answer, and then no end.
#include <iostream>

int main() {
    long long first = 1, last;
    std::cin >> last;
    while (first < last) {
        long long middle = first + (last - first) / 2;
        std::cout << "? " << middle << std::endl;
        char answer;
        std::cin >> answer;
        if (answer == '=')
            first = last = middle;
        else if (answer == '<')
            last = middle - 1;
        else
            first = middle + 1;
    }
    std::cout << "! " << first << std::endl;
    for (volatile int turn = 0;; turn = turn + 1) {
    }
}
