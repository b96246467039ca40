// attack: names plugins, options and precompiled headers of the host's by pragmas
// expect: CE or WA
#pragma GCC plugin "@CANARY@"
#pragma GCC optimize("-fplugin=@CANARY@")
#pragma GCC dependency "@CANARY@"
#pragma GCC pch_preprocess "@CANARY@"
#include <stdio.h>
int main(void) {
    puts(__FILE__);
    return 0;
}
