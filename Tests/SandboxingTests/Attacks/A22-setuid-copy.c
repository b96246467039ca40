// case: A22 B20
// attack: makes a set-user-id copy of a program and runs it
// expect: held
// outside: untried: a copy belongs to who made it
#include "attack.h"
int main(int count, char **arguments) {
    if (is(count, arguments, "again")) {
        if (geteuid() != getuid() || getegid() != getgid()) through("another user");
        held("the same user");
    }
    char bytes[4096];
    int from = open("/proc/self/exe", O_RDONLY), to = creat("/tmp/copy", 0700);
    for (long size; (size = read(from, bytes, sizeof bytes)) > 0;)
        if (write(to, bytes, size) != size) return 2;
    close(to);
    chown("/tmp/copy", 0, 0);
    chmod("/tmp/copy", 06755);
    execl("/tmp/copy", "copy", "again", (char *)0);
    held("%s", strerrorname_np(errno));
}
