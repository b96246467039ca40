// Copies a line from standard input, makes that non-blocking, and writes into it what nobody asked for.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
    char line[64];
    long count = read(0, line, sizeof line);
    if (count > 0 && write(1, line, count) != count) return 1;
    if (!fcntl(0, F_SETFL, O_NONBLOCK)) puts("non-blocking");
    int end = open("/proc/self/fd/0", O_WRONLY | O_NONBLOCK);
    // Of what is the run's own, nobody else reads.
    if (end >= 0 && write(end, "injected\n", 9) < 0) puts("not written");
    return 0;
}
