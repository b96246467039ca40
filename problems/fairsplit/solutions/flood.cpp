// Prints without end.
#include <cstdio>

int main() {
    for (;;) puts("1 2 3");
}
