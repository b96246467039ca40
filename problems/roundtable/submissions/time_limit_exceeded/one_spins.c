/* One of the four does not come to an end. */
#include <stdlib.h>

int main(int count, char **arguments) {
    for (volatile int turn = 0; atoi(arguments[count - 1]) == 2; turn = turn + 1) {
    }
}
