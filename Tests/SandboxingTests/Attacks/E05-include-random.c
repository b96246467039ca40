// case: E05
// attack: includes endless random bytes
// expect: outcome cpu-time or outcome memory or outcome output or refused
// outside: harmful: it takes what the machine has
// stage: compile
// limits: cpu=1000 memory=128M
#include "/dev/urandom"
int main(void) { return 0; }
