// case: E02
// attack: lets the assembler include a file of the host's, whose lines it would show
// expect: refused
// outside: through
// stage: compile
__asm__(".include \"@CANARY@\"");
int main(void) { return 0; }
