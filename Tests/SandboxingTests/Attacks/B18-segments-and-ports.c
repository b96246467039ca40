// case: B18
// attack: changes its segment table and asks for the machine's input and output ports
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
#ifdef __x86_64__
    char table[64] = {0};
    try_call(syscall(SYS_modify_ldt, 0, table, sizeof table));
    try_call(syscall(SYS_iopl, 3));
    must_fail(syscall(SYS_ioperm, 0, 1024, 1));
#else
    held("this processor has neither");
#endif
}
