// case: D08
// attack: finds a run in another slot in the namespaces that both have
// expect: held
// outside: through
// runs: a beside b
#include "attack.h"
#include <dirent.h>
#include <sys/prctl.h>
int main(int count, char **arguments) {
    if (is(count, arguments, "a")) {
        prctl(PR_SET_NAME, "judge-attack-a");
        tell("ready\n");
        for (;;) pause();
    }
    DIR *directory = opendir("/proc");
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        char path[300], name[64] = "";
        snprintf(path, sizeof path, "/proc/%s/comm", entry->d_name);
        int file = open(path, O_RDONLY);
        if (file < 0) continue;
        if (read(file, name, sizeof name - 1) > 0 && !strncmp(name, "judge-attack-a", 14)) through("process %s", entry->d_name);
        close(file);
    }
    held("no such process");
}
