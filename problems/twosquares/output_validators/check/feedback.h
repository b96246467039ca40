// How an output validator of the Kattis/ICPC format answers.
#pragma once
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <string>

enum Answer { accepted = 42, rejected = 43, broken = 1 };

// Writes a message for the judges and ends with the answer.
[[noreturn]] inline void answer(
    Answer what, const std::string &folder, const char *format, ...) {
    if (FILE *file = std::fopen((folder + "judgemessage.txt").c_str(), "w")) {
        va_list arguments;
        va_start(arguments, format);
        std::vfprintf(file, format, arguments);
        va_end(arguments);
        std::fclose(file);
    }
    std::exit(what);
}
