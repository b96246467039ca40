// A search that forgets where it has been: every cell again and again.
#include <iostream>
#include <queue>
#include <string>
#include <vector>

int main()
{
    int h, w;
    std::cin >> h >> w;
    std::vector<std::string> grid(h);
    for (std::string &row : grid)
        std::cin >> row;
    struct Place {
        int row, column;
    };
    std::vector<Place> edge, next;
    for (int r = 0; r < h; r++)
        for (int c = 0; c < w; c++)
            if (grid[r][c] == 'S')
                edge.push_back({r, c});
    for (long long steps = 0;; steps++) {
        next.clear();
        for (Place at : edge) {
            if (grid[at.row][at.column] == 'E') {
                std::cout << steps << '\n';
                return 0;
            }
            const Place near[] = {{at.row, at.column + 1}, {at.row + 1, at.column},
                                  {at.row, at.column - 1}, {at.row - 1, at.column}};
            for (Place to : near)
                if (to.row >= 0 && to.row < h && to.column >= 0 && to.column < w
                    && grid[to.row][to.column] != '#' && next.size() < 1000000)
                    next.push_back(to);
        }
        edge.swap(next);
    }
}
