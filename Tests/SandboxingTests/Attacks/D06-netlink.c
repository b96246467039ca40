// case: D06
// attack: opens netlink sockets, which tell of interfaces, audit, sockets and modules
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    for (int protocol = 0; protocol < 23; protocol += 1) try_call(socket(AF_NETLINK, SOCK_RAW, protocol));
    held("%s", strerrorname_np(errno));
}
