// attack: expands a macro to a million million words
// time: 1
#define A(x) x x x x x x x x x x
#define B(x) A(A(x))
#define C(x) B(B(x))
#define D(x) C(C(x))
#define E(x) D(C(x))
int main(void) { return 0 E(+ 1); }
