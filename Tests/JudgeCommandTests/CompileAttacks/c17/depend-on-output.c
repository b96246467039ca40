// attack: lets the linker take the host's file for an object, and a script from a submitted one
#pragma comment(linker, "@CANARY@")
__asm__(".section .drectve\n.ascii \"-include:@CANARY@\"\n.section .note.GNU-stack\n.text\n.globl missing\ncall missing\n");
int main(void) { return 0; }
