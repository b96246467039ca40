// case: A18
// attack: makes files whose names are terminal codes, lines and broken UTF-8, and prints the same
// expect: held
// outside: untried: what is odd is what shows it
#include "attack.h"
int main(void) {
    const char *names[] = {"\x1b[2J\x1b]0;owned\a", "a\nthrough", "\xff\xfe\x80", "\xe2\x80\xae" "exe.c", "-rf", " "};
    for (int index = 0; index < 6; index += 1) {
        char path[64];
        snprintf(path, sizeof path, "/tmp/%s", names[index]);
        if (open(path, O_WRONLY | O_CREAT, 0600) < 0) return 2;
        tell(names[index]);
        tell("\n");
    }
    held("printed");
}
