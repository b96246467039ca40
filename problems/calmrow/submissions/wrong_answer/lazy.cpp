// Gives up.
#include <iostream>

int main() { std::cout << "none\n"; }
