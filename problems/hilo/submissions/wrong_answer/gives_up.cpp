// Ends after one guess, whatever the answer.
#include <iostream>

int main() { std::cout << 437 << std::endl << std::flush; }
