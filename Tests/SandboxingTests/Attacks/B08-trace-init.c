// case: B08
// attack: traces init and every process that it finds
// expect: held
// outside: through or absent
#include "attack.h"
#include <sys/ptrace.h>
int main(void) {
    try_call(ptrace(PTRACE_SEIZE, atoi(given("TARGET")), 0, 0));
    try_call(ptrace(PTRACE_SEIZE, 1, 0, 0));
    must_fail(ptrace(PTRACE_SEIZE, getppid(), 0, 0));
}
