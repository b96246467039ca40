// Has more static data than any machine has memory; the kernel cannot even load it.
#ifdef __x86_64__
__asm__(".section .lbss,\"aw\",@nobits\n.globl giant\ngiant: .skip 0x40000000000\n.text");
#else
char giant[1L << 42];
#endif
int main(void) { return 0; }
