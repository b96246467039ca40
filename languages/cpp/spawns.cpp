#include <cstdlib>
#include <iostream>
#include <thread>
#include <vector>

int main() {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++) {
        threads.emplace_back([] {});
    }
    for (auto &thread : threads) {
        thread.join();
    }
    if (std::system("/bin/true") != 0) {
        return 1;
    }
    std::cout << "spawned\n";
}
