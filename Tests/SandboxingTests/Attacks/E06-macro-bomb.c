// case: E06 E09
// attack: expands a macro to a million million words
// expect: outcome cpu-time or outcome memory or refused
// outside: harmful: it takes what the machine has
// stage: compile
// limits: cpu=1000 memory=128M
#define A(x) x x x x x x x x x x
#define B(x) A(A(A(x)))
#define C(x) B(B(x))
int numbers[] = {C(C(1, ))};
int main(void) { return 0; }
