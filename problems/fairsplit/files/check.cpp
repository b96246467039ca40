// Any split with the least difference is right; one that comes near has half of the test's points.
#include "testlib.h"
#include <vector>

int main(int argc, char **argv) {
    registerTestlibCmd(argc, argv);
    int n = inf.readInt(1, 40, "n");
    std::vector<long long> weights(n);
    long long all = 0;
    for (auto &weight : weights) all += weight = inf.readInt(1, 100000, "a weight");
    long long best = ans.readInt(0, 4000000, "the least difference");

    int count = ouf.readInt(0, n, "the number of things");
    std::vector<bool> isTaken(n);
    long long taken = 0;
    for (int i = 0; i < count; i++) {
        int thing = ouf.readInt(1, n, "a thing");
        if (isTaken[thing - 1]) quitf(_wa, "thing %d is taken twice", thing);
        isTaken[thing - 1] = true;
        taken += weights[thing - 1];
    }
    long long difference = std::llabs(all - 2 * taken);
    if (difference < best) quitf(_fail, "the jury has %lld, the participant %lld", best, difference);
    if (difference == best) quitf(_ok, "the difference is %lld", best);
    if (difference <= 2 * best + 20) quitf(_pc(50), "the difference is %lld, not %lld", difference, best);
    quitf(_wa, "the difference is %lld, not %lld", difference, best);
}
