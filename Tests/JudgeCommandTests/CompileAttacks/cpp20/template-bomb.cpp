// attack: lets templates grow exponentially
// time: 1
template <int depth, typename... T> struct Tree {
    using Left = typename Tree<depth - 1, T..., int>::Left;
    using Right = typename Tree<depth - 1, T..., char>::Right;
    static constexpr long size = Tree<depth - 1, T..., int>::size + Tree<depth - 1, T..., char>::size;
};
template <typename... T> struct Tree<0, T...> {
    using Left = int;
    using Right = int;
    static constexpr long size = 1;
};
int main() { return Tree<40>::size == 0; }
