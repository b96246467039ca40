// case: B24
// attack: makes another die for it when memory runs out
// expect: held
// outside: through as root or absent
#include "attack.h"
int main(void) {
    const char *values[] = {"-1000", "-1"};
    for (int index = 0; index < 2; index += 1) {
        int file = open("/proc/self/oom_score_adj", O_WRONLY);
        if (file >= 0) try_call(write(file, values[index], strlen(values[index])));
    }
    held("%s", strerrorname_np(errno));
}
