// case: B09
// attack: names files by handle, past the tree of its mounts
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    struct { unsigned size; int type; char bytes[128]; } handle = {.size = 128};
    int mount;
    try_call(syscall(SYS_name_to_handle_at, AT_FDCWD, "/usr", &handle, &mount, 0));
    handle.size = 8;
    handle.type = 1;
    must_fail(syscall(SYS_open_by_handle_at, 0, &handle, O_RDONLY));
}
