// case: E09
// attack: makes the compiler take memory without end
// expect: outcome memory or outcome cpu-time or refused
// outside: harmful: it takes what the machine has
// stage: compile
// limits: cpu=3000 memory=96M
#include <array>
constexpr auto fill() {
    std::array<long, 4000000> values{};
    for (unsigned index = 0; index < values.size(); index += 1) values[index] = index;
    return values;
}
constexpr auto table = fill();
int main() { return table[7] == 0; }
