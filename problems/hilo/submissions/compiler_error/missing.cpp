#include <iostream>

int main() { std::cout << guess << std::endl; }
