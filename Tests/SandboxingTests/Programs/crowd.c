// Starts argv[2] processes or threads (argv[1]) beside itself; exits 1 when one is refused.
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
static void *rest(void *argument) {
    pause();
    return argument;
}
int main(int argc, char **argv) {
    int count = atoi(argv[2]);
    int threads = !strcmp(argv[1], "threads");
    for (int one = 0; one < count; one += 1) {
        pthread_t thread;
        if (threads) {
            if (pthread_create(&thread, 0, rest, 0) != 0) return 1;
        } else {
            pid_t pid = fork();
            if (pid < 0) return 1;
            if (pid == 0) {
                pause();
                return 0;
            }
        }
    }
    return 0;
}
