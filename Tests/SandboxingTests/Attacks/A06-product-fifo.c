// case: A06
// attack: leaves a named pipe as product, so that who opens it waits for ever
// expect: refused
// outside: harmful: a careless host would wait for ever
// stage: product
#include "attack.h"
int main(void) {
    if (mkfifo("product", 0666)) return 2;
    held("left a pipe");
}
