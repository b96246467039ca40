// case: C07
// attack: burns processor time in threads while the first one sleeps
// expect: outcome cpu-time
// outside: through
// limits: cpu=200
#include "attack.h"
#include <pthread.h>
static void *burn(void *unused) {
    while (cpu_ms() < 600) {}
    return unused;
}
int main(void) {
    pthread_t threads[3];
    for (int index = 0; index < 3; index += 1) pthread_create(&threads[index], 0, burn, 0);
    for (int index = 0; index < 3; index += 1) pthread_join(threads[index], 0);
    through("600 ms of 200");
}
