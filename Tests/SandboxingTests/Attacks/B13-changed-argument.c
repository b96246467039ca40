// case: B13
// attack: changes a path in memory while the kernel looks at it, by a second thread
// expect: held
// outside: through
#include "attack.h"
#include <pthread.h>
static char path[4096];
static void *change(void *unused) {
    const char *canary = given("CANARY");
    for (;;) {
        memcpy(path, canary, strlen(canary) + 1);
        memcpy(path, "/dev/null", 10);
    }
    return unused;
}
int main(void) {
    pthread_t thread;
    strcpy(path, "/dev/null");
    if (pthread_create(&thread, 0, change, 0)) return 2;
    struct stat facts;
    for (int round = 0; round < 2000; round += 1) {
        int file = open(path, O_RDONLY);
        if (file < 0) continue;
        if (!fstat(file, &facts) && S_ISREG(facts.st_mode)) through("opened the canary");
        close(file);
    }
    // A lucky host is not one that holds.
    if (open(given("CANARY"), O_RDONLY) >= 0) through("opened the canary without a race");
    held("2000 rounds");
}
