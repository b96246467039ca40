// case: E05
// attack: includes endless zeros
// expect: outcome cpu-time or outcome memory or outcome output or refused
// outside: harmful: it takes what the machine has
// stage: compile
// limits: cpu=1000 memory=128M
#include "/dev/zero"
int main(void) { return 0; }
