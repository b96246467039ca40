#include <cmath>
#include <cstdio>

static double root(double x)
{
    if (x < 0)
        return -root(-x);
    if (x == 0)
        return 0;
    double y = std::exp(std::log(x) / 3);
    for (int i = 0; i < 4; i++)
        y -= (y * y * y - x) / (3 * y * y);
    return y;
}

int main()
{
    int q;
    if (std::scanf("%d", &q) != 1)
        return 1;
    for (double x; q-- > 0 && std::scanf("%lf", &x) == 1;)
        std::printf("%.15e\n", root(x));
}
