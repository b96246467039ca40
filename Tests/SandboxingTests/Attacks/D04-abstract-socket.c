// case: D04
// attack: connects to an abstract socket of the host's, as a message bus has
// expect: held
// outside: through
#include "attack.h"
#include <stddef.h>
#include <sys/un.h>
int main(void) {
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    const char *text = given("ABSTRACT");
    memcpy(name.sun_path + 1, text, strlen(text));
    socklen_t size = offsetof(struct sockaddr_un, sun_path) + 1 + strlen(text);
    must_fail(connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&name, size));
}
