// case: A15
// attack: reads routes, addresses, connections and interfaces
// expect: held
// outside: through or absent
#include "attack.h"
int main(void) {
    char line[512];
    FILE *file = fopen("/proc/net/dev", "r");
    while (file && fgets(line, sizeof line, file))
        if (strchr(line, ':') && !strstr(line, " lo:")) through("%s", line);
    const char *tables[] = {"/proc/net/route", "/proc/net/tcp", "/proc/net/unix", "/proc/net/arp"};
    for (int index = 0; index < 4; index += 1) {
        int lines = 0;
        file = fopen(tables[index], "r");
        while (file && fgets(line, sizeof line, file)) lines += 1;
        if (lines > 1) through("%s has %d entries", tables[index], lines - 1);
        if (file) fclose(file);
    }
    held("loopback alone");
}
