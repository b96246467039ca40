// case: D07
// attack: leaves a POSIX message queue for the next run
// expect: held
// outside: through or absent
// runs: leave, find
#include "attack.h"
#include <mqueue.h>
int main(int count, char **arguments) {
    if (is(count, arguments, "leave")) {
        mq_open("/judge-attack-queue", O_RDWR | O_CREAT, 0600, 0);
        return 0;
    }
    must_fail(mq_unlink("/judge-attack-queue"));
}
