#include <vector>

int main() {
    std::vector<std::vector<char>> kept;
    while (true) {
        kept.emplace_back(4 << 20, 1);
    }
}
