// case: C18
// attack: exits with the code by which shells tell of a kill for memory
// expect: exit 137
// outside: untried: an exit code harms nobody
#include "attack.h"
int main(void) { return 137; }
