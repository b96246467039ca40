// case: B09
// attack: loads a BPF program and makes a BPF map
// expect: held
// outside: through as root or absent
#include "attack.h"
int main(void) {
    uint32_t map[18] = {2 /* array */, 4, 4, 1};
    try_call(syscall(SYS_bpf, 0, map, sizeof map));
    must_fail(syscall(SYS_bpf, 5, map, sizeof map));
}
