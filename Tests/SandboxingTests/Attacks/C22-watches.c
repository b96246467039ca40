// case: C22
// attack: uses up watches of files, which are counted for each user
// expect: held
// outside: through
#include "attack.h"
#include <sys/inotify.h>
int main(void) {
    try_call(inotify_init1(0));
    must_fail(fcntl(open("/usr/bin", O_RDONLY), F_NOTIFY, DN_ACCESS));
}
