// case: D08
// attack: watches the programs that its neighbours execute
// expect: held
// outside: through
#include "attack.h"
#include <sys/inotify.h>
int main(void) {
    must_fail(inotify_add_watch(inotify_init1(0), "/usr/bin", IN_OPEN));
}
