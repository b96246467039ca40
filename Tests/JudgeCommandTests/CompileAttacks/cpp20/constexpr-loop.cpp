// attack: computes without end while it is compiled
// time: 1
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
