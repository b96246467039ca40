// case: E03
// attack: includes the answers of the tests by the names that they may have
// expect: refused
// outside: untried: no answers are there
// stage: compile
#if __has_include("1.ans")
#include "1.ans"
#elif __has_include("../data/secret/1.ans")
#include "../data/secret/1.ans"
#elif __has_include("/data/1.out")
#include "/data/1.out"
#else
#error no answers
#endif
int main() {}
