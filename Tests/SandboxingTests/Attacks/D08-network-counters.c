// case: D08 A15
// attack: reads what processors count of packets, of all network namespaces together
// expect: known or held
// outside: through or absent
#include "attack.h"
int main(void) {
    FILE *counters = fopen("/proc/self/net/softnet_stat", "r");
    unsigned packets;
    while (counters && fscanf(counters, "%x%*[^\n]", &packets) == 1)
        if (packets > 0) through("a processor has seen %u packets", packets);
    held("none");
}
