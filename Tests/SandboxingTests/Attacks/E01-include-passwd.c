// case: E01
// attack: includes the host's users and their passwords
// expect: refused
// outside: untried: what it shows is told by the canary's twin
// stage: compile
#include "/etc/shadow"
#include "/proc/1/environ"
#include "/proc/self/environ"
int main(void) { return 0; }
