// case: B08
// attack: compares kernel objects of processes by kcmp, which tells what they share
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    try_call(syscall(SYS_kcmp, getpid(), getpid(), 1, 0, 0));
    must_fail(syscall(SYS_kcmp, getpid(), 1, 1, 0, 0));
}
