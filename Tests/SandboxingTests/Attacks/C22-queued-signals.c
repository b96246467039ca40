// case: C22
// attack: queues signals for itself until its user may have no more
// expect: held
// outside: untried: a bound there is the user's own
#include "attack.h"
int main(void) {
    sigset_t every;
    sigfillset(&every);
    sigprocmask(SIG_BLOCK, &every, 0);
    long count = 0;
    while (count < 200000 && !sigqueue(getpid(), SIGRTMIN, (union sigval){0})) count += 1;
    if (count == 200000) through("200000 signals");
    held("%s after %ld", strerrorname_np(errno), count);
}
