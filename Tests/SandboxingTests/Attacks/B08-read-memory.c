// case: B08 F09
// attack: reads and writes the memory of its parent by process_vm_readv and process_vm_writev
// expect: held
// outside: through
#include "attack.h"
#include <sys/uio.h>
int main(void) {
    char here[16], there[16] = "x";
    struct iovec local = {here, 16}, remote = {there, 16};
    // Its own memory stands for that of another: the call itself must not exist.
    try_call(process_vm_readv(getpid(), &local, 1, &remote, 1, 0));
    try_call(process_vm_writev(getpid(), &local, 1, &remote, 1, 0));
    must_fail(process_vm_readv(getppid(), &local, 1, &remote, 1, 0));
}
