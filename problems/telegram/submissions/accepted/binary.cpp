#include <iostream>
#include <string>

int main() {
    std::string word, text, result;
    std::cin >> word >> text;
    if (word == "send") {
        for (char letter : text)
            for (int bit = 4; bit >= 0; bit--) result += (letter - 'a') >> bit & 1 ? '-' : '.';
    } else {
        for (std::size_t start = 0; start + 5 <= text.size(); start += 5) {
            int letter = 0;
            for (std::size_t bit = 0; bit < 5; bit++)
                letter = 2 * letter + (text[start + bit] == '-');
            result += static_cast<char>('a' + letter);
        }
    }
    std::cout << result << std::endl;
}
