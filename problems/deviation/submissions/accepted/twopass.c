#include <math.h>
#include <stdio.h>

static double x[20000];

int main(void)
{
    int n;
    double sum = 0, squares = 0;
    if (scanf("%d", &n) != 1)
        return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%lf", &x[i]) != 1)
            return 1;
        sum += x[i];
    }
    double mean = sum / n;
    for (int i = 0; i < n; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    printf("%.9f %.9f\n", mean, sqrt(squares / n));
    return 0;
}
