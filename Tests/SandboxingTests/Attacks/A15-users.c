// case: A15
// attack: reads the host's users, groups and password hashes
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    const char *files[] = {"/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow", "/etc/subuid", "/etc/machine-id"};
    for (int index = 0; index < 6; index += 1) {
        char line[512];
        int lines = 0;
        FILE *file = fopen(files[index], "r");
        while (file && fgets(line, sizeof line, file)) {
            lines += 1;
            if (!strncmp(line, "root:", 5) || lines > 1 || index > 1)
                through("%s: %s", files[index], line);
        }
        if (file) fclose(file);
    }
    held("one user, the run's own");
}
