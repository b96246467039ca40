// case: J05 J06
// attack: leaves a memory peak and page cache behind, for the next run to be charged with
// expect: held
// outside: untried: nobody counts there
// runs: leave, find
// limits: memory=24M
#include "attack.h"
int main(int count, char **arguments) {
    long size = is(count, arguments, "leave") ? 18 << 20 : 16 << 20;
    char *bytes = malloc(size);
    memset(bytes, 1, size);
    if (is(count, arguments, "leave")) {
        int file = memfd_create("cache", 0);
        return write(file, bytes, 1 << 20) != 1 << 20;
    }
    held("16 MiB of 24");
}
