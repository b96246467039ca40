#include <bits/stdc++.h>

int main() {
    std::vector<int> numbers{3, 1, 2};
    std::sort(numbers.begin(), numbers.end());
    std::cout << numbers[0] << '\n';
}
