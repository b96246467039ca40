// case: B02 E15
// attack: executes a program of the i386 architecture, whose calls are all of that table
// expect: signal 31 or held
// outside: through or absent
#include "attack.h"
// ELF32, one segment: mov eax,1 (exit); mov ebx,42; int 0x80.
static const unsigned char program[] = {
    0x7f, 'E', 'L', 'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 1, 0, 0, 0, 0x54, 0x80, 4, 8,
    0x34, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x34, 0, 0x20, 0, 1, 0, 0, 0, 0, 0, 0, 0,
    1, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 4, 8, 0, 0x80, 4, 8, 0x60, 0, 0, 0, 0x60, 0, 0, 0, 5, 0, 0, 0, 0, 0x10, 0, 0,
    0xb8, 1, 0, 0, 0, 0xbb, 42, 0, 0, 0, 0xcd, 0x80};
int main(void) {
    int file = memfd_create("i386", 0), status;
    if (write(file, program, sizeof program) != sizeof program) return 2;
    int child = fork();
    if (!child) {
        char *none[] = {0};
        fexecve(file, none, none);
        _exit(1);
    }
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 42) through("it made its call");
    held("it ended by %d", status);
}
