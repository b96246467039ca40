// case: E06
// attack: lets templates grow exponentially
// expect: outcome cpu-time or outcome memory or refused
// outside: harmful: it takes what the machine has
// stage: compile
// limits: cpu=1000 memory=256M
template <int depth, int way> struct Tree {
    typedef typename Tree<depth - 1, way * 2>::Type Left;
    typedef typename Tree<depth - 1, way * 2 + 1>::Type Right;
    struct Type { Left left; Right right; };
};
template <int way> struct Tree<0, way> { typedef int Type; };
int main() { return sizeof(Tree<22, 0>::Type) == 0; }
