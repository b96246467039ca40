#include <stdio.h>
#include <string.h>

static char grid[202][203];
static int distance[202][202], queue[200 * 200][2];

int main(void)
{
    const int step[4][2] = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}};
    int h, w, head = 0, tail = 0;
    if (scanf("%d %d", &h, &w) != 2)
        return 1;
    memset(grid, '#', sizeof grid);
    memset(distance, -1, sizeof distance);
    for (int r = 1; r <= h; r++) {
        if (scanf("%200s", &grid[r][1]) != 1)
            return 1;
        grid[r][w + 1] = '#';
        for (int c = 1; c <= w; c++)
            if (grid[r][c] == 'S') {
                distance[r][c] = 0;
                queue[tail][0] = r;
                queue[tail++][1] = c;
            }
    }
    while (head < tail) {
        int r = queue[head][0], c = queue[head++][1];
        if (grid[r][c] == 'E') {
            printf("%d\n", distance[r][c]);
            return 0;
        }
        for (int i = 0; i < 4; i++) {
            int nr = r + step[i][0], nc = c + step[i][1];
            if (grid[nr][nc] == '#' || distance[nr][nc] >= 0)
                continue;
            distance[nr][nc] = distance[r][c] + 1;
            queue[tail][0] = nr;
            queue[tail++][1] = nc;
        }
    }
    puts("unreachable");
    return 0;
}
