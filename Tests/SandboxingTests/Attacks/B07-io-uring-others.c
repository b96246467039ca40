// case: B07
// attack: calls io_uring's other entries and the older aio with descriptors of its own
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    unsigned long context = 0;
    try_call(syscall(SYS_io_setup, 8, &context));
    try_call(syscall(SYS_io_uring_register, 0, 0, 0, 0));
    must_fail(syscall(SYS_io_uring_enter, 0, 0, 0, 0, 0, 0));
}
