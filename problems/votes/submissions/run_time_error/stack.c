#include <stdlib.h>

/* Knows no election without a winner. */
long long winner(int n, const long long *votes) {
    for (int i = 0; i < n && i < 3000; i++) {
        int count = 0;
        for (int j = 0; j < n; j++) count += votes[j] == votes[i];
        if (2 * count > n) return votes[i];
    }
    abort();
}
