// case: C04
// attack: kills its process group, which is the judge's where none was made
// expect: signal 9
// outside: harmful: the group may be the user's
#include "attack.h"
int main(void) {
    kill(0, SIGKILL);
    through("alive");
}
