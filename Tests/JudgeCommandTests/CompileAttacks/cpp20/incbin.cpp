// attack: lets the assembler put a file of the host's into the program, which prints it
// twin: yes
#include <cstdio>
asm(".section .rodata\nstart: .incbin \"@CANARY@\"\nend: .byte 0\n.text\n");
extern const char start[], end[];
int main() { return fwrite(start, 1, end - start, stdout) == 0; }
