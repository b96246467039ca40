// case: E04 E12
// attack: names options and plugins from within the source
// expect: refused or held
// outside: untried: the compiler itself refuses them
// stage: compile
#pragma GCC plugin "@CANARY@"
#pragma GCC optimize("-fplugin=@CANARY@")
#pragma GCC dependency "@CANARY@"
#include <stdio.h>
int main(void) {
    puts("held: pragmas load nothing");
    return 0;
}
