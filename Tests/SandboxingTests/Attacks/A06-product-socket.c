// case: A06
// attack: leaves a socket as product
// expect: refused
// outside: untried: no host can open a socket by its name
// stage: product
#include "attack.h"
#include <sys/un.h>
int main(void) {
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "product"};
    if (bind(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&name, sizeof name)) return 2;
    held("left a socket");
}
