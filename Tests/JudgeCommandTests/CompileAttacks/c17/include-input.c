// attack: includes standard input, terminals and descriptors, which may wait for ever
#include "/dev/stdin"
#include "/dev/tty"
#include "/dev/fd/3"
#include "/proc/self/fd/4"
int main(void) { return 0; }
