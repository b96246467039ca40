// Accepts any two squares. Reads the output as bytes, because it may be anything.
//
// check INPUT ANSWER FOLDER largest N
#include "feedback.h"

#include <cctype>
#include <fstream>
#include <iostream>

using Number = unsigned long long;

// The next word of the output, at most 20 bytes of it; empty at the end.
static std::string word() {
    std::string text;
    int byte = std::cin.get();
    while (byte != EOF && std::isspace(byte)) byte = std::cin.get();
    while (byte != EOF && !std::isspace(byte) && text.size() < 20) {
        text += static_cast<char>(byte);
        byte = std::cin.get();
    }
    return text;
}

// A number without sign and leading zeros that is at most `largest`.
static bool number(const std::string &text, Number largest, Number &value) {
    if (text.empty() || text.size() > 18 || (text.size() > 1 && text[0] == '0')) return false;
    for (char digit : text)
        if (digit < '0' || digit > '9') return false;
    value = std::stoull(text);
    return value <= largest;
}

int main(int count, char **arguments) {
    if (count != 6 || std::string(arguments[4]) != "largest") return broken;
    const std::string folder = arguments[3];
    const Number largest = std::stoull(arguments[5]);
    std::ifstream input(arguments[1]), judge(arguments[2]);
    Number n;
    std::string expected;
    if (!(input >> n) || !(judge >> expected)) answer(broken, folder, "the test data is broken");
    const bool possible = expected != "impossible";

    const std::string first = word();
    if (first == "impossible") {
        if (possible) answer(rejected, folder, "says impossible, but there are two squares");
    } else {
        Number x, y;
        if (!number(first, largest, x)) answer(rejected, folder, "x is not a number in range");
        if (!number(word(), largest, y)) answer(rejected, folder, "y is not a number in range");
        if (x * x + y * y != n)
            answer(rejected, folder, "%llu^2 + %llu^2 is %llu, not %llu", x, y, x * x + y * y, n);
        if (!possible) answer(broken, folder, "found squares where the judge has none");
    }
    if (!word().empty()) answer(rejected, folder, "more output after the answer");
    answer(accepted, folder, "right");
}
