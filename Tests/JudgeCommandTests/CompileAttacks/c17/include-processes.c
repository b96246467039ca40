// attack: includes environments, memory maps and command lines of processes
#include "/proc/self/environ"
#include "/proc/1/environ"
#include "/proc/self/cmdline"
#include "/proc/self/maps"
#include "/proc/kcore"
int main(void) { return 0; }
