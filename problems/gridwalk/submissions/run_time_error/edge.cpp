// Looks beyond the edge of the grid.
#include <iostream>
#include <queue>
#include <string>
#include <vector>

int main()
{
    int h, w;
    std::cin >> h >> w;
    std::vector<std::string> grid(h);
    std::queue<std::vector<int>> queue;
    for (int r = 0; r < h; r++) {
        std::cin >> grid[r];
        if (grid[r].find('S') != std::string::npos)
            queue.push({r, static_cast<int>(grid[r].find('S')), 0});
    }
    while (!queue.empty()) {
        auto at = queue.front();
        queue.pop();
        char &cell = grid.at(at[0]).at(at[1]);
        if (cell == 'E') {
            std::cout << at[2] << '\n';
            return 0;
        }
        if (cell == '#')
            continue;
        cell = '#';
        queue.push({at[0], at[1] - 1, at[2] + 1});
        queue.push({at[0] - 1, at[1], at[2] + 1});
        queue.push({at[0], at[1] + 1, at[2] + 1});
        queue.push({at[0] + 1, at[1], at[2] + 1});
    }
    std::cout << "unreachable\n";
}
