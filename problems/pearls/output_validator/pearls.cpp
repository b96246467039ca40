// Says where the pearl lies, and gives a part of the points: pearls INPUT ANSWER FOLDER.
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

enum Answer { accepted = 42, rejected = 43, broken = 1 };

[[noreturn]] static void answer(Answer what, const std::string &folder, const std::string &why) {
    std::ofstream(folder + "judgemessage.txt") << why << "\n";
    std::exit(what);
}

// The next line as a number from 1 to `most`; 0 for anything else.
static long long number(long long most) {
    std::string text;
    int byte = std::cin.get();
    for (; byte != EOF && byte != '\n'; byte = std::cin.get()) {
        if (!std::isdigit(byte) || text.size() > 10) return 0;
        text += static_cast<char>(byte);
    }
    if (text.empty()) return 0;
    const long long value = std::stoll(text);
    return value <= most ? value : 0;
}

int main(int count, char **arguments) {
    if (count != 4) return broken;
    const std::string folder = arguments[3];
    const bool scores = std::string(arguments[1]).find("sample") == std::string::npos;
    long long n, pearl;
    std::ifstream input(arguments[1]);
    if (!(input >> n >> pearl)) answer(broken, folder, "the test data is broken");
    int needed = 1;
    while ((1LL << needed) <= n) needed++;

    std::cout << n << std::endl;
    for (int opened = 1; opened <= 200; opened++) {
        const long long shell = number(n);
        if (shell == 0) answer(rejected, folder, "opens no shell before it found the pearl");
        if (shell != pearl) {
            std::cout << (pearl < shell ? "before" : "after") << std::endl;
            continue;
        }
        std::cout << "here" << std::endl;
        const char *share = opened <= needed ? "1" : opened <= 2 * needed ? "0.5" : "0.2";
        if (scores) std::ofstream(folder + "score_multiplier.txt") << share << "\n";
        answer(
            accepted, folder,
            "opened " + std::to_string(opened) + ", " + std::to_string(needed) + " are needed");
    }
    answer(rejected, folder, "opens too many shells");
}
