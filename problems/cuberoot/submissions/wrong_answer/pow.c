/* pow of a negative number is not a number. */
#include <math.h>
#include <stdio.h>

int main(void)
{
    int q;
    double x;
    if (scanf("%d", &q) != 1)
        return 1;
    while (scanf("%lf", &x) == 1)
        printf("%.12f\n", pow(x, 1.0 / 3.0));
    return 0;
}
