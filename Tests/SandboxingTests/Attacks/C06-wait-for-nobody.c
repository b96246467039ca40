// case: C06 A06
// attack: opens a named pipe that nobody opens at its other end
// expect: outcome idle or outcome wall-time
// outside: through
// limits: wall=300
#include "attack.h"
int main(void) {
    unlink("/tmp/judge-attack-pipe");
    if (mkfifo("/tmp/judge-attack-pipe", 0600)) return 2;
    if (!fork()) {
        // Ends the wait only where it may last longer than the limit.
        usleep(800000);
        int file = open("/tmp/judge-attack-pipe", O_WRONLY | O_NONBLOCK);
        unlink("/tmp/judge-attack-pipe");
        _exit(file < 0);
    }
    open("/tmp/judge-attack-pipe", O_RDONLY);
    through("waited 800 ms of 300");
}
