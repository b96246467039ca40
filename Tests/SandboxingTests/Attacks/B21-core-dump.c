// case: B21
// attack: crashes to have its memory written to a file or handed to a handler of the host's
// expect: held
// outside: through or absent
#include "attack.h"
#include <sys/resource.h>
int main(void) {
    struct rlimit every = {RLIM_INFINITY, RLIM_INFINITY}, now;
    if (setrlimit(RLIMIT_CORE, &every)) getrlimit(RLIMIT_CORE, &now);
    int child = fork(), status;
    if (!child) {
        chdir(access(".", W_OK) ? "/tmp" : ".");
        raise(SIGQUIT);
        _exit(1);
    }
    waitpid(child, &status, 0);
    if (WCOREDUMP(status)) through("a core was dumped");
    held("ended by %d without a core", WTERMSIG(status));
}
