// attack: lets the assembler repeat four bytes four thousand million times
// time: 1
__asm__(".data\n.rept 2000000000\n.long 1\n.endr\n.fill 4000000000, 1, 1\n.text\n");
int main(void) { return 0; }
