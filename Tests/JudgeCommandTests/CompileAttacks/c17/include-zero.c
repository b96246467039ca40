// attack: includes endless zeros
// time: 1
#include "/dev/zero"
int main(void) { return 0; }
