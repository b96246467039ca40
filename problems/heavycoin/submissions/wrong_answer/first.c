/* Names a coin without weighing, and then fails: the wrong name came first. */
#include <stdio.h>

int main(void) {
    int n, times;
    if (scanf("%d %d", &n, &times) != 2) return 1;
    printf("coin %d\n", n == 5 ? 1 : n + 1);
    fflush(stdout);
    return 1;
}
