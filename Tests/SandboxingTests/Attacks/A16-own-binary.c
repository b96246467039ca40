// case: A16
// attack: writes to its own executable, which a container's host once executed, too
// expect: held
// outside: untried: without a sandbox the file is its owner's to replace
#include "attack.h"
int main(int count, char **arguments) {
    (void)count;
    try_call(open("/proc/self/exe", O_WRONLY));
    try_call(open("/proc/self/exe", O_RDWR | O_TRUNC));
    try_call(chmod(arguments[0], 0777));
    try_call(rename(arguments[0], "/box/other"));
    must_fail(unlink(arguments[0]));
}
