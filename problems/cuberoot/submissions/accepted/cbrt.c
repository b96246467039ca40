#include <math.h>
#include <stdio.h>

int main(void)
{
    int q;
    if (scanf("%d", &q) != 1)
        return 1;
    for (int i = 0; i < q; i++) {
        double x;
        if (scanf("%lf", &x) != 1)
            return 1;
        printf("%.12f\n", cbrt(x));
    }
    return 0;
}
