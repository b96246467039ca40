// An honest run beside a hostile one: works a little, and finds its world as it left it.
#include "attack.h"
int main(void) {
    sigset_t every, waiting;
    sigfillset(&every);
    sigprocmask(SIG_BLOCK, &every, 0);
    int file = open("/tmp/mine", O_RDWR | O_CREAT | O_EXCL, 0600);
    if (file < 0 || write(file, "mine", 4) != 4) return 2;
    uint64_t sum = 0;
    for (uint64_t index = 1; index <= 3000000; index += 1) sum = sum * 31 + index;
    char text[8] = "";
    if (pread(file, text, 4, 0) != 4 || strcmp(text, "mine")) return 3;
    sigpending(&waiting);
    for (int number = 1; number < 32; number += 1)
        if (sigismember(&waiting, number)) return 4;
    printf("%llu\n", (unsigned long long)sum);
    return 0;
}
