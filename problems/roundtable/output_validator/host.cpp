// Tells each of the programs its number and asks each for the sum: host INPUT ANSWER FOLDER. Program i writes to descriptor 3 + 2i and
// reads from 4 + 2i.
#include <csignal>
#include <fstream>
#include <string>
#include <unistd.h>

const int programs = 4, accepted = 42, rejected = 43;

[[noreturn]] void finish(const char *folder, int code, const std::string &message) {
    std::ofstream(folder + std::string("judgemessage.txt")) << message << "\n";
    std::exit(code);
}

// All that a program writes, as far as it could be right.
std::string everything(int descriptor) {
    std::string text;
    char buffer[64];
    ssize_t count;
    while (text.size() < sizeof buffer && (count = read(descriptor, buffer, sizeof buffer)) > 0)
        text.append(buffer, count);
    return text;
}

int main(int count, char **arguments) {
    if (count < 4)
        return 1;
    // Whoever does not listen may still know the sum.
    std::signal(SIGPIPE, SIG_IGN);
    std::ifstream input(arguments[1]), answer(arguments[2]);
    std::string sum, number;
    answer >> sum;
    for (int program = 0; program < programs; program++) {
        input >> number;
        number += "\n";
        if (write(4 + 2 * program, number.data(), number.size()) < 0)
            continue;
        close(4 + 2 * program);
    }
    for (int program = 0; program < programs; program++) {
        std::string text = everything(3 + 2 * program);
        if (text != sum + "\n" && text != sum)
            finish(arguments[3], rejected, "program " + std::to_string(program) + " does not know the sum");
    }
    finish(arguments[3], accepted, "everybody knows the sum");
}
