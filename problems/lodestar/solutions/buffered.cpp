// Never flushes: both wait.
#include <cstdio>

int main() {
    long long first = 1, last;
    if (std::scanf("%lld", &last) != 1)
        return 1;
    while (first < last) {
        long long middle = first + (last - first) / 2;
        std::printf("? %lld\n", middle);
        char answer;
        if (std::scanf(" %c", &answer) != 1)
            return 1;
        if (answer == '=')
            first = last = middle;
        else if (answer == '<')
            last = middle - 1;
        else
            first = middle + 1;
    }
    std::printf("! %lld\n", first);
}
