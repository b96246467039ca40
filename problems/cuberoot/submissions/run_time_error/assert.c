/* Takes it for granted that no number is negative. */
#include <assert.h>
#include <math.h>
#include <stdio.h>

int main(void)
{
    int q;
    double x;
    if (scanf("%d", &q) != 1)
        return 1;
    while (scanf("%lf", &x) == 1) {
        assert(x >= 0);
        printf("%.12f\n", cbrt(x));
    }
    return 0;
}
