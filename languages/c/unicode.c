#include <stdio.h>

int main(void) {
    puts("Grüße, Ωμέγα, 你好, 🙂");
    return 0;
}
