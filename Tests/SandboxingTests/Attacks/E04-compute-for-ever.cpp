// case: E04 E06
// attack: computes without end while it is compiled (constexpr)
// expect: refused or outcome cpu-time or outcome memory
// outside: harmful: it takes what the machine has
// stage: compile
// limits: cpu=1000 memory=256M
constexpr unsigned long turn(unsigned long left) {
    unsigned long sum = 0;
    for (unsigned long index = 0; index < left; index += 1) sum = sum * 31 + index;
    return sum;
}
template <unsigned long number> struct Many {
    static constexpr unsigned long value = turn(200000 + number) + Many<number - 1>::value;
};
template <> struct Many<0> { static constexpr unsigned long value = 0; };
int main() { return Many<800>::value != 0; }
