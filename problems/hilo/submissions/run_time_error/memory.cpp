// Takes more memory than there is before it guesses.
#include <cstdio>
#include <cstring>
#include <vector>

int main() {
    std::vector<char> rooms(std::size_t(128) << 20);
    std::memset(rooms.data(), 1, rooms.size());
    std::printf("%d\n", 500 + rooms[rooms.size() / 2]);
}
