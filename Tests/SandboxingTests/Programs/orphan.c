// Leaves a child in a session of its own that holds standard output open, ignores signals and burns CPU.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
    if (fork() == 0) {
        setsid();
        for (int number = 1; number < 32; number += 1) signal(number, SIG_IGN);
        if (fork() == 0)
            for (;;);
        for (;;);
    }
    puts("left");
    return 0;
}
