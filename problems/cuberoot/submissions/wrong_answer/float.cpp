// Single precision is not precise enough.
#include <cmath>
#include <cstdio>

int main()
{
    int q;
    if (std::scanf("%d", &q) != 1)
        return 1;
    for (float x; std::scanf("%f", &x) == 1;)
        std::printf("%.9f\n", std::cbrt(x));
}
