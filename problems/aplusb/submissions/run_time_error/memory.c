/* Takes memory until there is none: the package format counts that as a run-time error. */
#include <stdlib.h>
#include <string.h>

int main(void)
{
    const size_t size = 1 << 20;
    for (;;) {
        char *volatile block = malloc(size);
        if (block == NULL)
            abort();
        memset(block, 1, size);
    }
}
