// gen N LEAST MOST SEED: N weights from LEAST to MOST.
#include "testlib.h"

int main(int argc, char **argv) {
    registerGen(argc, argv, 1);
    int n = atoi(argv[1]), least = atoi(argv[2]), most = atoi(argv[3]);
    printf("%d\n", n);
    for (int i = 0; i < n; i++) printf("%lld%c", rnd.next(least, most), i + 1 < n ? ' ' : '\n');
}
