// case: D05
// attack: connects to sockets of the host's by their names
// expect: held
// outside: through
#include "attack.h"
#include <sys/un.h>
int main(void) {
    const char *names[] = {given("SOCKET"), "/var/run/docker.sock", "/run/containerd/containerd.sock",
        "/run/dbus/system_bus_socket", "/run/systemd/private", "/var/run/nscd/socket"};
    for (int index = 0; index < 6; index += 1) {
        struct sockaddr_un name = {.sun_family = AF_UNIX};
        snprintf(name.sun_path, sizeof name.sun_path, "%s", names[index]);
        try_call(connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&name, sizeof name));
    }
    held("%s", strerrorname_np(errno));
}
