// case: B17
// attack: makes all its memory executable and its addresses those of another system
// expect: held
// outside: through
#include "attack.h"
#include <sys/personality.h>
int main(void) {
    try_call(personality(READ_IMPLIES_EXEC));
    try_call(personality(MMAP_PAGE_ZERO));
    must_fail(personality(PER_LINUX32));
}
