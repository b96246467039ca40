// Asks for its pid through the i386 table (int 0x80); on other processors says so.
#include <stdio.h>
int main(void) {
#ifdef __x86_64__
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
    printf("%ld\n", result);
    return 0;
#else
    puts("no foreign table");
    return 77;
#endif
}
