// case: E06
// attack: includes itself
// expect: refused or outcome cpu-time or outcome memory or outcome output
// outside: untried: the compiler itself ends it
// stage: compile
// limits: cpu=2000 memory=256M
#include __FILE__
#include __FILE__
int main(void) { return 0; }
