/* Halves an interval until it is shorter than two neighbouring numbers can be: never ends. */
#include <math.h>
#include <stdio.h>

int main(void)
{
    int q;
    double x;
    if (scanf("%d", &q) != 1)
        return 1;
    while (scanf("%lf", &x) == 1) {
        double low = 0, high = 2e6;
        while (high - low > 1e-18) {
            double middle = (low + high) / 2;
            if (middle * middle * middle < fabs(x))
                low = middle;
            else
                high = middle;
        }
        printf("%.12f\n", x < 0 ? -low : low);
    }
    return 0;
}
