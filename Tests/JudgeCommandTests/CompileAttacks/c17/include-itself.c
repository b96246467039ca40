// attack: includes itself, thrice each time
// time: 1
#include __FILE__
#include __FILE__
#include __FILE__
int main(void) { return 0; }
