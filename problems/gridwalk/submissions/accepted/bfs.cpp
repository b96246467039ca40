#include <iostream>
#include <queue>
#include <string>
#include <vector>

int main()
{
    int h, w;
    std::cin >> h >> w;
    std::vector<std::string> grid(h + 2, std::string(w + 2, '#'));
    std::vector<int> distance((h + 2) * (w + 2), -1);
    std::queue<int> queue;
    for (int r = 1; r <= h; r++) {
        std::string row;
        std::cin >> row;
        grid[r] = '#' + row + '#';
        for (int c = 1; c <= w; c++)
            if (grid[r][c] == 'S') {
                distance[r * (w + 2) + c] = 0;
                queue.push(r * (w + 2) + c);
            }
    }
    while (!queue.empty()) {
        int at = queue.front();
        queue.pop();
        if (grid[at / (w + 2)][at % (w + 2)] == 'E') {
            std::cout << distance[at] << '\n';
            return 0;
        }
        for (int to : {at - 1, at + 1, at - w - 2, at + w + 2})
            if (grid[to / (w + 2)][to % (w + 2)] != '#' && distance[to] < 0) {
                distance[to] = distance[at] + 1;
                queue.push(to);
            }
    }
    std::cout << "unreachable\n";
}
