// case: B20
// attack: executes the set-user-id programs of the host
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    const char *programs[] = {"/usr/bin/su", "/usr/bin/passwd", "/usr/bin/mount", "/usr/bin/newgrp", "/usr/bin/chsh"};
    for (int index = 0; index < 5; index += 1) {
        struct stat facts;
        if (stat(programs[index], &facts) || !(facts.st_mode & S_ISUID)) continue;
        int hold[2], status;
        if (pipe(hold)) return 2;
        int child = fork();
        if (!child) {
            dup2(hold[0], 0);
            close(hold[1]);
            close(1);
            close(2);
            execl(programs[index], programs[index], (char *)0);
            _exit(9);
        }
        // Its user changes when it executes; until then, and after a quick end, it has this one's.
        for (int round = 0; round < 100; round += 1) {
            char path[64], line[256];
            int real, user = -1;
            snprintf(path, sizeof path, "/proc/%d/status", child);
            FILE *file = fopen(path, "r");
            while (file && fgets(line, sizeof line, file)) sscanf(line, "Uid: %d %d", &real, &user);
            if (file) fclose(file);
            if (user >= 0 && user != (int)geteuid()) through("%s runs as %d", programs[index], user);
            if (waitpid(child, &status, WNOHANG)) break;
            usleep(300);
        }
        kill(child, SIGKILL);
        close(hold[0]);
        close(hold[1]);
    }
    held("every one ran as this user");
}
