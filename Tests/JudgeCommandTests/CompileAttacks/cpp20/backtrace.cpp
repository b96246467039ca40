// attack: makes diagnostics of gigabytes, by names that double with each step
// time: 1
template <typename A, typename B> struct Pair {};
template <int n, typename T> struct Grow : Grow<n - 1, Pair<T, T>> {};
template <typename T> struct Grow<0, T> { static_assert(sizeof(T) == 0, "too small"); typename T::none x; };
Grow<24, int> grown;
int main() { return grown; }
