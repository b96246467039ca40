#include <stdlib.h>
#include <string.h>

int main(void) {
    const size_t size = 4 << 20;
    char **kept = NULL;
    for (size_t n = 0;; n++) {
        kept = realloc(kept, (n + 1) * sizeof *kept);
        if (kept == NULL || (kept[n] = malloc(size)) == NULL)
            abort();
        memset(kept[n], 1, size);
    }
}
