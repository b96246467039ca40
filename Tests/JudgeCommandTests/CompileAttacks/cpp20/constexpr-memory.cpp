// attack: takes memory without end while it is compiled
// time: 3
#include <vector>
constexpr long fill() {
    long sum = 0;
    std::vector<std::vector<long>> all;
    for (long index = 0; index < 200000; index += 1) {
        all.push_back(std::vector<long>(1000, index));
        sum += all.back()[0];
    }
    return sum;
}
static_assert(fill() == 0);
int main() {}
