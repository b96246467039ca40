// attack: lets the assembler put the answers into the program, by every way that may lead to them
__asm__(".section .rodata\n.incbin \"@ANSWER@\"\n.text\n");
__asm__(".section .rodata\n.incbin \"1.ans\"\n.text\n");
__asm__(".section .rodata\n.incbin \"../p/data/secret/1.ans\"\n.text\n");
int main(void) { return 0; }
