/* Single precision: right for small numbers only. */
#include <math.h>
#include <stdio.h>

int main(void)
{
    int n;
    float sum = 0, squares = 0, x;
    if (scanf("%d", &n) != 1)
        return 1;
    while (scanf("%f", &x) == 1) {
        sum += x;
        squares += x * x;
    }
    printf("%.9f %.9f\n", sum / n, sqrtf(squares / n - sum / n * (sum / n)));
    return 0;
}
