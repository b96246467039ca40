// Every sum that can be reached, with the thing that reached it first.
#include <cstdio>
#include <cstdlib>
#include <vector>

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    std::vector<int> weights(n);
    int all = 0;
    for (int &weight : weights) {
        if (scanf("%d", &weight) != 1) return 1;
        all += weight;
    }
    std::vector<signed char> by(all + 1, -1);
    std::vector<char> reached(all + 1);
    reached[0] = 1;
    for (int i = 0; i < n; i++)
        for (int sum = all; sum >= weights[i]; sum--)
            if (!reached[sum] && reached[sum - weights[i]]) {
                reached[sum] = 1;
                by[sum] = i;
            }
    int half = all / 2;
    while (!reached[half]) half--;
    std::vector<int> taken;
    for (int sum = half; sum > 0; sum -= weights[by[sum]]) taken.push_back(by[sum] + 1);
    printf("%zu\n", taken.size());
    for (int thing : taken) printf("%d ", thing);
    printf("\n");
}
