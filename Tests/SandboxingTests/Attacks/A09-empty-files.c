// case: A09
// attack: makes empty files without end, to use up what the host has of inodes
// expect: held
// outside: harmful: uses up the inodes of the host's own /tmp
// soak: no
#include "attack.h"
int main(void) {
    char path[64];
    for (long count = 0; count < 10000000; count += 1) {
        snprintf(path, sizeof path, "/tmp/%ld", count);
        int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
        if (file < 0) held("%s after %ld files", strerrorname_np(errno), count);
        close(file);
    }
    through("10 million files");
}
