// case: A15 G07
// attack: reads the environment, arguments and memory map of every process that it finds
// expect: held
// outside: through
#include "attack.h"
#include <dirent.h>
int main(void) {
    const char *files[] = {"environ", "auxv", "maps", "io", "syscall", "stack", "timerslack_ns"};
    DIR *directory = opendir("/proc");
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        int pid = atoi(entry->d_name);
        if (pid <= 0 || pid == getpid()) continue;
        for (int index = 0; index < 7; index += 1) {
            char path[300], bytes[64];
            snprintf(path, sizeof path, "/proc/%d/%s", pid, files[index]);
            int file = open(path, O_RDONLY);
            if (file >= 0 && read(file, bytes, sizeof bytes) > 0) through("%s", path);
            if (file >= 0) close(file);
        }
    }
    held("nothing to be read");
}
