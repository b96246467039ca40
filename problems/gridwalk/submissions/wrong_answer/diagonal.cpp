// Moves like a king.
#include <iostream>
#include <queue>
#include <string>
#include <vector>

int main()
{
    int h, w;
    std::cin >> h >> w;
    std::vector<std::string> grid(h);
    std::vector<std::vector<int>> distance(h, std::vector<int>(w, -1));
    std::queue<std::pair<int, int>> queue;
    for (int r = 0; r < h; r++) {
        std::cin >> grid[r];
        for (int c = 0; c < w; c++)
            if (grid[r][c] == 'S') {
                distance[r][c] = 0;
                queue.push({r, c});
            }
    }
    while (!queue.empty()) {
        auto [r, c] = queue.front();
        queue.pop();
        if (grid[r][c] == 'E') {
            std::cout << distance[r][c] << '\n';
            return 0;
        }
        for (int nr = r - 1; nr <= r + 1; nr++)
            for (int nc = c - 1; nc <= c + 1; nc++)
                if (nr >= 0 && nr < h && nc >= 0 && nc < w && grid[nr][nc] != '#'
                    && distance[nr][nc] < 0) {
                    distance[nr][nc] = distance[r][c] + 1;
                    queue.push({nr, nc});
                }
    }
    std::cout << "unreachable\n";
}
