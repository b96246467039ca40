// case: A11
// attack: leaves files and directories of mode 000, and marked immutable, to break who cleans up
// expect: held
// outside: through
// runs: leave, find
#include "attack.h"
#include <sys/ioctl.h>
int main(int count, char **arguments) {
    char *directory = "/tmp/judge-attack-stubborn";
    if (is(count, arguments, "find")) {
        if (!chmod(directory, 0700)) {
            chdir(directory);
            unlink("file");
            rmdir(directory);
            through("%s is still there", directory);
        }
        held("%s", strerrorname_np(errno));
    }
    if (mkdir(directory, 0700) || chdir(directory)) return 2;
    int file = creat("file", 0), flags = 0x10 /* FS_IMMUTABLE_FL */;
    ioctl(file, 0x40086602 /* FS_IOC_SETFLAGS */, &flags);
    chmod(directory, 0);
    return 0;
}
