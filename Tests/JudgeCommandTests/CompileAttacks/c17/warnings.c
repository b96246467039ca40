// attack: lets the compiler say the same of every one of a thousand thousand places
// time: 1
#define A(x) x x x x x x x x x x
#define B(x) A(A(A(x)))
#define C(x) B(B(x))
int main(void) {
#pragma GCC diagnostic error "-Wunused-value"
    C(1 == 2;)
}
