// case: A06
// attack: leaves a directory with files in it as product
// expect: refused
// outside: untried: no host can read a directory as a file
// stage: product
#include "attack.h"
int main(void) {
    if (mkdir("product", 0755) || creat("product/product", 0644) < 0) return 2;
    held("left a directory");
}
