// case: B02
// attack: calls through the i386 gate from 64-bit code
// expect: signal 31 or signal 11 or held
// outside: through or absent
#include "attack.h"
int main(void) {
    long result = 20 /* getpid */;
#ifdef __x86_64__
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
#else
    raise(SIGSYS);
#endif
    if (result == getpid()) through("the i386 table answered");
    held("%ld", result);
}
