// case: B08
// attack: opens the memory of init and of the judge by /proc/PID/mem
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/mem", given("TARGET"));
    try_call(open(path, O_RDWR));
    snprintf(path, sizeof path, "/proc/%d/mem", getppid());
    try_call(open(path, O_RDWR));
    try_call(open("/proc/1/mem", O_RDONLY));
    must_fail(open("/proc/1/map_files", O_RDONLY));
}
