// Reads no further than it must, and writes where nothing is.
#include <cstdio>
#include <cstdlib>

int main() {
    int n;
    if (scanf("%d", &n) != 1 || n > 0) abort();
}
