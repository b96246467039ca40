#include <stdio.h>

/* Through a volatile pointer, so that the compiler does not make a loop of it. */
static long long sum(long long n);
static long long (*volatile call)(long long) = sum;

static long long sum(long long n) {
    return n == 0 ? 0 : n + call(n - 1);
}

int main(void) {
    long long n;
    if (scanf("%lld", &n) != 1)
        return 1;
    printf("%lld\n", sum(n));
    return 0;
}
