/* Walks through shelves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    int h, w, sr = 0, sc = 0, er = 0, ec = 0;
    char row[201];
    if (scanf("%d %d", &h, &w) != 2)
        return 1;
    for (int r = 0; r < h; r++) {
        if (scanf("%200s", row) != 1)
            return 1;
        if (strchr(row, 'S'))
            sr = r, sc = (int)(strchr(row, 'S') - row);
        if (strchr(row, 'E'))
            er = r, ec = (int)(strchr(row, 'E') - row);
    }
    printf("%d\n", abs(sr - er) + abs(sc - ec));
    return 0;
}
