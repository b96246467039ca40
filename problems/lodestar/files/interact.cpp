// Answers questions and writes how many there were; whether these were too many is the checker's to say.
#include "testlib.h"

int main(int argc, char **argv) {
    registerInteraction(argc, argv);
    long long n = inf.readLong(1, 1000000000000000, "n"), star = inf.readLong(1, n, "the lodestar");
    std::cout << n << std::endl;
    for (int questions = 0; questions <= 100000; questions++) {
        std::string word = ouf.readToken();
        long long place = ouf.readLong(1, n, "a star");
        if (word == "?") {
            std::cout << (star < place ? '<' : star > place ? '>' : '=') << std::endl;
        } else if (word == "!") {
            if (place != star) quitf(_wa, "says star %lld, but it is %lld", place, star);
            tout << questions << "\n";
            quitf(_ok, "found after %d questions", questions);
        } else {
            quitf(_pe, "%s is neither a question nor an answer", word.substr(0, 60).c_str());
        }
    }
    quitf(_wa, "asks for ever");
}
