// Walks from both ends towards the middle.
#include <stdio.h>

int main(void) {
    long long n, x = 0, y = 1000000;
    scanf("%lld", &n);
    while (x <= y && x * x + y * y != n) {
        if (x * x + y * y < n) x++;
        else y--;
    }
    if (x <= y) printf("%lld %lld\n", x, y);
    else puts("impossible");
}
