// case: A12
// attack: rewrites its standard input, so that a checker that reads it later is misled
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    try_call(pwrite(0, "other", 5, 0));
    int again = open("/proc/self/fd/0", O_RDWR);
    if (again >= 0) try_call(pwrite(again, "other", 5, 0));
    try_call(open("/dev/stdin", O_WRONLY | O_TRUNC));
    try_call(ftruncate(0, 0));
    try_call(truncate("/proc/self/fd/0", 0));
    char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0, 0);
    if (page != MAP_FAILED) through("mapped for writing");
    held("%s", strerrorname_np(errno));
}
