// case: B01
// attack: calls by numbers of the x32 table, which a filter may not know
// expect: signal 31
// outside: through or absent
#include "attack.h"
int main(void) {
    long result = syscall(0x40000000 | SYS_getpid);
    if (result > 0) through("the x32 table answered %ld", result);
    result = syscall(0x40000000 | SYS_socket, 38, SOCK_SEQPACKET, 0);
    if (result >= 0) through("the x32 table gave a socket");
    held("%s", strerrorname_np(errno));
}
