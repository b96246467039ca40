// case: B09
// attack: watches the host's files by fanotify
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    must_fail(syscall(SYS_fanotify_init, 0x200 /* FAN_REPORT_FID */, 0));
}
