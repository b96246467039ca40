// case: A15
// attack: reads what /proc tells of the whole machine: disks, interrupts, command line, keys, locks
// expect: held
// outside: through
#include "attack.h"
int main(void) {
    const char *files[] = {"/proc/keys", "/proc/key-users", "/proc/locks", "/proc/diskstats",
        "/proc/partitions", "/proc/cmdline", "/proc/interrupts", "/proc/softirqs", "/proc/vmstat",
        "/proc/zoneinfo", "/proc/slabinfo", "/proc/swaps", "/proc/config.gz", "/proc/sched_debug",
        "/proc/timer_list", "/proc/sysrq-trigger", "/proc/devices", "/proc/misc", "/proc/bus",
        "/proc/fs", "/proc/irq", "/proc/acpi", "/proc/scsi", "/proc/asound", "/proc/driver",
        "/proc/tty", "/proc/pressure", "/proc/latency_stats", "/proc/buddyinfo", "/proc/pagetypeinfo"};
    for (unsigned index = 0; index < sizeof files / sizeof *files; index += 1) {
        char bytes[512];
        int file = open(files[index], O_RDONLY);
        long size = file < 0 ? 0 : read(file, bytes, sizeof bytes);
        if (size > 0) through("%s: %.*s", files[index], size > 60 ? 60 : (int)size, bytes);
        if (file >= 0) close(file);
    }
    held("nothing of the machine");
}
