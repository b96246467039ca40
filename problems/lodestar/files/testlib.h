// This package's own testlib.h: a small header that follows testlib's conventions for the calls that the programs of
// this package make. It is not Mike Mirzayanov's testlib and shares no code with it.
#pragma once
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

enum TResult { _ok = 0, _wa = 1, _pe = 2, _fail = 3, _points = 7, _partially = 16 };
#define _pc(share) (TResult((share) + _partially))

[[noreturn]] void quit(TResult result, const std::string &message);

[[noreturn]] __attribute__((format(printf, 2, 3))) inline void quitf(TResult result, const char *format, ...) {
    char text[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    quit(result, text);
}

// A file that is read token by token. What is wrong with the participant's is a presentation error, what is wrong
// with the jury's a failure.
class InStream {
    std::string text;
    size_t place = 0;
    TResult fault = _fail;
    const char *name = "input";
    bool isExact = false;
    std::istream *live = nullptr;

    [[noreturn]] void bad(const std::string &what) { quit(fault, std::string(name) + ": " + what); }
    static bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  public:
    void open(const char *path, const char *title, TResult resultOfFault) {
        name = title;
        fault = resultOfFault;
        std::ifstream file(path, std::ios::binary);
        if (!file) quitf(_fail, "cannot open %s", path);
        text.assign(std::istreambuf_iterator<char>(file), {});
        if (text.compare(0, 3, "\xEF\xBB\xBF") == 0) place = 3;
    }
    // Validators see every byte.
    void openExactly() {
        isExact = true;
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    }
    // What another program is still writing.
    void follow(std::istream &stream, TResult resultOfFault) {
        live = &stream;
        name = "participant";
        fault = resultOfFault;
    }

    bool seekEof() {
        if (isExact) return place == text.size();
        while (place < text.size() && isBlank(text[place])) place++;
        return place == text.size();
    }
    void readEof() {
        if (!seekEof()) bad("more than there should be");
    }
    void readSpace() { readChar(' '); }
    void readEoln() { readChar('\n'); }
    void readChar(char expected) {
        if (place == text.size() || text[place] != expected) bad("another character than expected");
        place++;
    }

    std::string readToken() {
        if (live) {
            std::string token;
            if (!(*live >> token)) bad("unexpected end of file");
            return token;
        }
        if (seekEof()) bad("unexpected end of file");
        size_t start = place;
        while (place < text.size() && !isBlank(text[place])) place++;
        return text.substr(start, place - start);
    }

    long long readLong(long long least, long long most, const char *title = "a number") {
        std::string token = readToken();
        size_t digits = token[0] == '-' ? 1 : 0;
        bool isNumber = token.size() > digits && token.size() - digits <= 18 &&
                        (token[digits] != '0' || token == "0");
        for (size_t i = digits; i < token.size(); i++) isNumber = isNumber && token[i] >= '0' && token[i] <= '9';
        if (!isNumber) bad(std::string(title) + " is no integer: " + token.substr(0, 60));
        long long value = atoll(token.c_str());
        if (value < least || value > most)
            bad(std::string(title) + " is " + token + ", not from " + std::to_string(least) + " to " +
                std::to_string(most));
        return value;
    }
    int readInt(int least, int most, const char *title = "a number") { return int(readLong(least, most, title)); }
};

inline InStream inf, ouf, ans;
inline std::ofstream tout;
inline bool testlibIsChecking = false, testlibHasQuit = false, testlibMustQuit = false;

// Ends the program with the exit code and the line on standard error that testlib has for the result.
[[noreturn]] inline void quit(TResult result, const std::string &message) {
    bool isGood = result == _ok || result == _points || result >= _partially;
    if (testlibIsChecking && isGood && !ouf.seekEof()) quit(_pe, "Extra information in the output file");
    const char *word = result == _ok   ? "ok"
                       : result == _wa ? "wrong answer"
                       : result == _pe ? "wrong output format"
                       : result == _points ? "points"
                                           : "FAIL";
    int code = result;
    if (result >= _partially) {
        code = result - _partially;
        fprintf(stderr, "partially correct (%d) %s\n", code, message.c_str());
    } else {
        fprintf(stderr, "%s %s\n", word, message.c_str());
    }
    testlibHasQuit = true;
    std::cout.flush();
    tout.close();
    exit(code);
}

struct TestlibEnd {
    ~TestlibEnd() {
        if (testlibHasQuit || !testlibMustQuit) return;
        fprintf(stderr, "FAIL the program must end with quit or quitf\n");
        fflush(stderr);
        _Exit(_fail);
    }
};
inline TestlibEnd testlibEnd;

inline void registerTestlibCmd(int count, char **arguments) {
    testlibMustQuit = true;
    if (count != 4) quitf(_fail, "three files are needed: input, output, answer");
    inf.open(arguments[1], "input", _fail);
    ouf.open(arguments[2], "output", _pe);
    ans.open(arguments[3], "answer", _fail);
    testlibIsChecking = true;
}

inline void registerInteraction(int count, char **arguments) {
    testlibMustQuit = true;
    if (count < 3 || count > 4) quitf(_fail, "two files are needed, or three: input, output, answer");
    inf.open(arguments[1], "input", _fail);
    tout.open(arguments[2]);
    if (!tout) quitf(_fail, "cannot write %s", arguments[2]);
    if (count == 4) ans.open(arguments[3], "answer", _fail);
    ouf.follow(std::cin, _pe);
}

inline void registerValidation(int, char **) { inf.openExactly(); }

// The same numbers everywhere, by the command line.
struct Random {
    unsigned long long state = 88172645463325252ull;
    long long next(long long least, long long most) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return least + (long long)(state % (unsigned long long)(most - least + 1));
    }
};
inline Random rnd;

inline void registerGen(int count, char **arguments, int) {
    for (int i = 1; i < count; i++)
        for (const char *c = arguments[i]; *c || c == arguments[i]; c++) {
            rnd.state = (rnd.state ^ (unsigned char)*c) * 1099511628211ull + 1;
            if (!*c) break;
        }
    for (int i = 0; i < 16; i++) rnd.next(0, 1);
}
