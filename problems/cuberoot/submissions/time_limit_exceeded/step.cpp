// Walks up from zero in steps of the wanted precision.
#include <cmath>
#include <cstdio>

int main()
{
    int q;
    if (std::scanf("%d", &q) != 1)
        return 1;
    for (double x; std::scanf("%lf", &x) == 1;) {
        double root = 0;
        while (root * root * root < std::fabs(x))
            root += 1e-10;
        std::printf("%.12f\n", x < 0 ? -root : root);
    }
}
