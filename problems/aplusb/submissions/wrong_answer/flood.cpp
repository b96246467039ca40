// Prints without end.
#include <iostream>

int main()
{
    for (;;)
        std::cout << "3\n";
}
