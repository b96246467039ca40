// The number does not fit into an int.
#include <math.h>
#include <stdio.h>

int main(void) {
    int n;
    scanf("%d", &n);
    for (int x = 0; x <= sqrt(n); x++) {
        int y = sqrt(n - x * x);
        if (x * x + y * y == n) {
            printf("%d %d\n", x, y);
            return 0;
        }
    }
    puts("impossible");
}
