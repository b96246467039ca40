// attack: lets a template want itself without end, and the compiler tell of each step
// time: 1
template <typename T> struct More { using Type = typename More<More<T>>::Type; };
int main() { More<int>::Type x; }
