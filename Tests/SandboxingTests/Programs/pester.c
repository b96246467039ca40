// Sends init every signal there is, SIGCHLD very often, and then exits with 5.
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
int main(void) {
    for (int count = 0; count < 50000; count += 1) kill(1, SIGCHLD);
    for (int number = 1; number < 65; number += 1) kill(1, number);
    for (int count = 0; count < 20; count += 1)
        if (fork() == 0) _exit(0);
    return 5;
}
