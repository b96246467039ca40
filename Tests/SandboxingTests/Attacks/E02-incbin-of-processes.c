// case: E02 E05
// attack: lets the assembler read the memory maps and environments of processes
// expect: refused
// outside: untried: what it shows is told by the canary's twin
// stage: compile
__asm__(".section .rodata\n.incbin \"/proc/1/environ\"\n.incbin \"/proc/1/maps\"\n.incbin \"/dev/mem\"\n.text\n");
int main(void) { return 0; }
