// attack: includes a file of the host's, the answers, the database, and what the judge was started with
// twin: yes
#if __has_include("@CANARY@")
#include "@CANARY@"
#endif
#if __has_include("../../../../../../../..@CANARY@")
#include "../../../../../../../..@CANARY@"
#endif
#if __has_include("/proc/self/root@CANARY@")
#include "/proc/self/root@CANARY@"
#endif
#if __has_include("@DATABASE@")
#include "@DATABASE@"
#endif
#include "@ANSWER@"
int main(void) { return 0; }
