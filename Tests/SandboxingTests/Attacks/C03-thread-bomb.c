// case: C03
// attack: starts threads without end
// expect: outcome processes
// outside: through
#include "attack.h"
#include <pthread.h>
static void *wait_for_ever(void *unused) {
    for (;;) pause();
    return unused;
}
int main(void) {
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 65536);
    for (int count = 0; count < 64; count += 1) {
        int reason = pthread_create(&thread, &attributes, wait_for_ever, 0);
        if (reason) return 1;
    }
    through("64 threads at one time");
}
