// case: A08
// attack: makes a file of one apparent tebibyte
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    signal(SIGXFSZ, SIG_IGN);
    const char *places[] = {"./judge-attack-sparse", "/tmp/judge-attack-sparse"};
    for (int index = 0; index < 2; index += 1) {
        int file = open(places[index], O_RDWR | O_CREAT, 0600);
        int result = file < 0 ? -1 : ftruncate(file, 1l << 40);
        if (!result) {
            unlink(places[index]);
            through("%s has 1 TiB", places[index]);
        }
        if (file >= 0) {
            if (pwrite(file, "x", 1, 1l << 40) == 1 || !fallocate(file, 1, 0, 1l << 40))
                through("%s has 1 TiB by writing", places[index]);
            unlink(places[index]);
        }
    }
    held("%s", strerrorname_np(errno));
}
