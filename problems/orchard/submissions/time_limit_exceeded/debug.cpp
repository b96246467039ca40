// Reports to standard error without end: breaks the output limit or, where standard error is free, the time limit.
#include <iostream>

int main()
{
    int n;
    std::cin >> n;
    for (long long line = 0;; line++)
        std::cerr << "n is " << n << " in line " << line << '\n';
}
