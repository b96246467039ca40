// case: E08
// attack: makes the compiler print without end
// expect: outcome output or outcome cpu-time
// outside: harmful: it takes what the machine has
// stage: compile
// limits: cpu=5000 memory=256M output=256K
#define A(x) x x x x x x x x x x x x x x x x x x x x
#define W _Pragma("GCC warning \"a long line of nothing that is printed again and again and again\"")
A(A(A(W)))
int main(void) { return 0; }
