// attack: includes endless random bytes
// time: 1
#include "/dev/urandom"
int main(void) { return 0; }
