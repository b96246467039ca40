#include "testlib.h"

int main(int argc, char **argv) {
    registerValidation(argc, argv);
    long long n = inf.readLong(1, 1000000000000000, "n");
    inf.readSpace();
    inf.readLong(1, n, "the lodestar");
    inf.readEoln();
    inf.readEof();
}
