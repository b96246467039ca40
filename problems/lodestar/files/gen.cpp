// gen N SEED: a row of N stars and the lodestar.
#include "testlib.h"

int main(int argc, char **argv) {
    registerGen(argc, argv, 1);
    long long n = atoll(argv[1]);
    printf("%lld %lld\n", n, rnd.next(1, n));
}
