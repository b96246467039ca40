/* Waits for an answer before it has asked. */
#include <stdio.h>

int main(void) {
    char line[64];
    while (fgets(line, sizeof line, stdin)) {}
    return 0;
}
