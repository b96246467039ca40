// case: B15
// attack: executes a program that is in no file, to be rid of filter and limits
// expect: held
// outside: through
#include "attack.h"
#include <sys/prctl.h>
#include <sys/resource.h>
int main(int count, char **arguments) {
    if (is(count, arguments, "again")) {
        struct rlimit cores;
        getrlimit(RLIMIT_CORE, &cores);
        if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 2) through("no filter");
        if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) through("rights can be had");
        must_fail(open(given("CANARY"), O_RDONLY));
    }
    char bytes[4096];
    int from = open("/proc/self/exe", O_RDONLY), to = memfd_create("program", 0);
    for (long size; (size = read(from, bytes, sizeof bytes)) > 0;)
        if (write(to, bytes, size) != size) return 2;
    char *again[] = {"program", "again", 0};
    extern char **environ;
    syscall(SYS_execveat, to, "", again, environ, 0x1000 /* AT_EMPTY_PATH */);
    held("%s", strerrorname_np(errno));
}
