// case: A15
// attack: reads addresses of the kernel and its memory
// expect: held
// outside: through as root
#include "attack.h"
int main(void) {
    const char *files[] = {"/proc/kallsyms", "/proc/modules", "/proc/iomem", "/proc/timer_list",
        "/proc/kcore", "/proc/kmsg", "/proc/kpageflags", "/proc/vmallocinfo", "/dev/mem", "/dev/kmsg",
        "/sys/kernel/notes", "/proc/self/pagemap"};
    for (int index = 0; index < 12; index += 1) {
        char bytes[4096], *rest = bytes;
        int file = open(files[index], O_RDONLY);
        long size = file < 0 ? 0 : read(file, bytes, sizeof bytes - 1);
        if (file >= 0) close(file);
        bytes[size > 0 ? size : 0] = 0;
        // An address of the kernel has its upper bits set; in pagemap, any frame number counts.
        if (strstr(bytes, "ffffffff8") || strstr(bytes, "0xffffffffc")) through("%s", files[index]);
        uint64_t entry = 0;
        if (index == 11 && size >= 8) {
            memcpy(&entry, rest, 8);
            if (entry & ((1ull << 55) - 1)) through("%s shows page frames", files[index]);
        } else if (index >= 4 && index != 11 && size > 0) {
            through("%s can be read", files[index]);
        }
    }
    held("no address");
}
