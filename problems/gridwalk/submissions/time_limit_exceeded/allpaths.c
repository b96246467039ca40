/* Tries every path. */
#include <stdio.h>
#include <string.h>

static char grid[202][203];
static int best = -1;

static void walk(int r, int c, int steps)
{
    char here = grid[r][c];
    if (here == '#')
        return;
    if (here == 'E') {
        if (best < 0 || steps < best)
            best = steps;
        return;
    }
    grid[r][c] = '#';
    walk(r, c + 1, steps + 1);
    walk(r, c - 1, steps + 1);
    walk(r - 1, c, steps + 1);
    walk(r + 1, c, steps + 1);
    grid[r][c] = here;
}

int main(void)
{
    int h, w, sr = 0, sc = 0;
    if (scanf("%d %d", &h, &w) != 2)
        return 1;
    memset(grid, '#', sizeof grid);
    for (int r = 1; r <= h; r++) {
        if (scanf("%200s", &grid[r][1]) != 1)
            return 1;
        grid[r][w + 1] = '#';
        for (int c = 1; c <= w; c++)
            if (grid[r][c] == 'S')
                sr = r, sc = c;
    }
    walk(sr, sc, 0);
    if (best < 0)
        puts("unreachable");
    else
        printf("%d\n", best);
    return 0;
}
