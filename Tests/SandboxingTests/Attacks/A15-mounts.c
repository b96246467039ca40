// case: A15
// attack: learns the host's paths and devices from the list of mounts
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    const char *lists[] = {"/proc/self/mountinfo", "/proc/self/mounts", "/proc/self/mountstats"};
    for (int index = 0; index < 3; index += 1) {
        char line[4096];
        FILE *file = fopen(lists[index], "r");
        while (file && fgets(line, sizeof line, file)) {
            // Of the host: block devices by name, cgroup mounts, the place of the working directory.
            if (strstr(line, "/dev/vd") || strstr(line, "/dev/sd") || strstr(line, "/dev/nvme")
                || strstr(line, "/dev/root") || strstr(line, "/dev/mapper") || strstr(line, " cgroup")
                || strstr(line, " sysfs ") || strstr(line, "hostfs"))
                through("%s", line);
        }
        if (file) fclose(file);
    }
    held("only the run's own mounts");
}
