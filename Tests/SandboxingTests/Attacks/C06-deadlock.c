// case: C06
// attack: waits with two threads for each other
// expect: outcome idle or outcome wall-time
// outside: untried: a program may hang itself
// limits: wall=300
#include "attack.h"
#include <pthread.h>
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static void *wait_for_one(void *unused) {
    pthread_mutex_lock(&one);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_mutex_lock(&one);
    pthread_create(&thread, 0, wait_for_one, 0);
    pthread_join(thread, 0);
    through("both went on");
}
