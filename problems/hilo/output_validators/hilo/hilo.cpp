// Answers guesses. Reads them as bytes, because they may be anything.
//
// hilo INPUT ANSWER FOLDER guesses N
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

enum Answer { accepted = 42, rejected = 43, broken = 1 };

[[noreturn]] static void answer(Answer what, const std::string &folder, const std::string &why) {
    std::ofstream(folder + "judgemessage.txt") << why << "\n";
    std::exit(what);
}

// The next line, at most 20 bytes of it; false at the end.
static bool line(std::string &text) {
    text.clear();
    int byte = std::cin.get();
    if (byte == EOF) return false;
    for (; byte != EOF && byte != '\n'; byte = std::cin.get())
        if (text.size() < 20) text += static_cast<char>(byte);
    return true;
}

int main(int count, char **arguments) {
    if (count != 6 || std::string(arguments[4]) != "guesses") return broken;
    const std::string folder = arguments[3];
    const int limit = std::atoi(arguments[5]);
    int number;
    if (!(std::ifstream(arguments[1]) >> number))
        answer(broken, folder, "the test data is broken");

    for (int guesses = 1; guesses <= limit; guesses++) {
        std::string text;
        if (!line(text)) answer(rejected, folder, "says nothing more before it was correct");
        if (text.empty() || text.size() > 4) answer(rejected, folder, "a guess is no number in range");
        for (unsigned char digit : text)
            if (!std::isdigit(digit)) answer(rejected, folder, "a guess is no number in range");
        const int guess = std::stoi(text);
        if (guess < 1 || guess > 1000) answer(rejected, folder, "a guess is no number in range");
        if (guess == number) {
            std::cout << "correct" << std::endl;
            // More guesses than one that was correct are none.
            if (line(text)) answer(rejected, folder, "goes on after it was correct");
            answer(accepted, folder, "found it with guess " + std::to_string(guesses));
        }
        std::cout << (guess < number ? "higher" : "lower") << std::endl;
    }
    answer(rejected, folder, "has no guesses left");
}
