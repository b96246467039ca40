// Reads what the interactor wrote: the number of questions, which is right up to the jury's.
#include "testlib.h"

int main(int argc, char **argv) {
    registerTestlibCmd(argc, argv);
    int needed = ans.readInt(0, 64, "the number that is needed"), asked = ouf.readInt(0, 100000, "the number of questions");
    if (asked > needed) quitf(_wa, "%d questions, of which %d are enough", asked, needed);
    quitf(_ok, "%d questions", asked);
}
