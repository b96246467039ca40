// Takes memory until there is none: the package format counts that as a run-time error.
#include <vector>

int main()
{
    std::vector<std::vector<char>> blocks;
    for (;;)
        blocks.emplace_back(1 << 20, 'x');
}
