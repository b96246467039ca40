// case: E01
// attack: includes a file of the host's by climbing out of the box, and by other roots
// expect: refused
// outside: through
// stage: compile
#if __has_include("@CANARY@")
#include "@CANARY@"
#elif __has_include("../../../../../../..@CANARY@")
#include "../../../../../../..@CANARY@"
#else
#include "/proc/self/root@CANARY@"
#endif
int main() {}
