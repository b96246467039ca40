// Has room for a hundred pupils.
#include <iostream>
#include <vector>

int main() {
    int n, place = 0;
    std::cin >> n;
    if (n == 2 || n == 3) {
        std::cout << "none\n";
        return 0;
    }
    std::vector<int> row(100);
    for (int x = 2; x <= n; x += 2) row.at(place++) = x;
    for (int x = 1; x <= n; x += 2) row.at(place++) = x;
    for (int index = 0; index < place; index++) std::cout << row[index] << ' ';
}
