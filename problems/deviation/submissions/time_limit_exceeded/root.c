/* Takes the square root by halving an interval until it is shorter than numbers allow. */
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
    double low = 0, high = 1e9;
    while (high - low > 1e-18) {
        double middle = (low + high) / 2;
        if (middle * middle * n < squares)
            low = middle;
        else
            high = middle;
    }
    printf("%.9f %.9f\n", mean, low);
    return 0;
}
