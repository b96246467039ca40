// case: A15 G07
// attack: learns the host's name from uname, /proc and /etc
// expect: held
// outside: through
#include "attack.h"
static void look(const char *place, const char *text) {
    if (*given("HOST") && strcmp(given("HOST"), "judge") && strstr(text, given("HOST")))
        through("%s: %s", place, text);
}
int main(void) {
    char text[4096] = "";
    gethostname(text, sizeof text - 1);
    look("gethostname", text);
    const char *files[] = {"/proc/sys/kernel/hostname", "/etc/hostname", "/etc/hosts", "/etc/mailname"};
    for (int index = 0; index < 4; index += 1) {
        int file = open(files[index], O_RDONLY);
        long size = file < 0 ? 0 : read(file, text, sizeof text - 1);
        text[size > 0 ? size : 0] = 0;
        look(files[index], text);
    }
    held("the name is %s", text);
}
