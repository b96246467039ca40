// attack: lets the assembler read endless zeros
// time: 1
__asm__(".section .rodata\n.incbin \"/dev/zero\"\n.text\n");
int main(void) { return 0; }
