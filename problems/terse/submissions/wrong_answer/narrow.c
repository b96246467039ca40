#include <stdio.h>

int main(void) {
    unsigned n, a = 0, b = 1;
    if (scanf("%u", &n) != 1) return 1;
    while (n-- > 0) {
        unsigned next = a + b;
        a = b;
        b = next;
    }
    printf("%u\n", a);
    return 0;
}
