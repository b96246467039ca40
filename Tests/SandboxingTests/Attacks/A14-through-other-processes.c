// case: A14 F09
// attack: goes through the directories, roots and descriptors that /proc shows of other processes
// expect: held
// outside: through
#include "attack.h"
#include <dirent.h>
int main(void) {
    const char *ways[] = {"cwd", "root", "exe", "fd/0", "fd/1", "fd/3"};
    DIR *directory = opendir("/proc");
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        int pid = atoi(entry->d_name);
        if (pid <= 0 || pid == getpid()) continue;
        for (int way = 0; way < 6; way += 1) {
            char path[300];
            struct stat facts;
            snprintf(path, sizeof path, "/proc/%d/%s", pid, ways[way]);
            if (!stat(path, &facts)) through("%s can be followed", path);
        }
    }
    held("no other process shows anything");
}
