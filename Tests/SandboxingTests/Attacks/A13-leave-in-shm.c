// case: A13 D07
// attack: leaves POSIX shared memory for the next run
// expect: held
// outside: through
// runs: leave, find
#include "attack.h"
int main(int count, char **arguments) {
    if (is(count, arguments, "leave")) {
        int file = shm_open("/judge-attack-left", O_RDWR | O_CREAT, 0600);
        return file < 0 || ftruncate(file, 4096);
    }
    must_fail(shm_unlink("/judge-attack-left"));
}
