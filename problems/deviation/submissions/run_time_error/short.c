/* Has room for too few measurements, and notices. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double x[1000];

int main(void)
{
    int n;
    double sum = 0, squares = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    if (n > 1000)
        abort();
    for (int i = 0; i < n; i++) {
        if (scanf("%lf", &x[i]) != 1)
            return 1;
        sum += x[i];
    }
    for (int i = 0; i < n; i++)
        squares += (x[i] - sum / n) * (x[i] - sum / n);
    printf("%.9f %.9f\n", sum / n, sqrt(squares / n));
    return 0;
}
