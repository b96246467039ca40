// case: E15
// attack: executes files that are hardly programs: no segment, huge tables, other interpreters, loops
// expect: held
// outside: untried: the kernel there is the same
#include "attack.h"
#include <elf.h>
static int run(const void *bytes, int size) {
    int file = open("/tmp/strange", O_RDWR | O_CREAT | O_TRUNC, 0700), status;
    if (file < 0 || write(file, bytes, size) != size) _exit(2);
    close(file);
    int child = fork();
    if (!child) {
        int nothing = open("/dev/null", O_RDWR);
        dup2(nothing, 1);
        execl("/tmp/strange", "strange", (char *)0);
        _exit(126);
    }
    waitpid(child, &status, 0);
    unlink("/tmp/strange");
    return status;
}
int main(void) {
    struct { Elf64_Ehdr head; Elf64_Phdr parts[2]; char name[64]; } program = {
        .head = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT}, .e_type = ET_EXEC,
                 .e_machine = EM_X86_64, .e_version = 1, .e_phoff = sizeof(Elf64_Ehdr),
                 .e_ehsize = sizeof(Elf64_Ehdr), .e_phentsize = sizeof(Elf64_Phdr)}};
    run(&program, sizeof program); // no segment at all
    program.head.e_phnum = 65535;
    run(&program, sizeof program); // a table beyond the file
    program.head.e_phnum = 2;
    program.parts[0] = (Elf64_Phdr){.p_type = PT_LOAD, .p_flags = 7, .p_vaddr = 0, .p_memsz = 1ul << 46, .p_align = 4096};
    run(&program, sizeof program); // everything, writable and executable
    program.parts[0] = (Elf64_Phdr){.p_type = PT_LOAD, .p_flags = 5, .p_vaddr = 0xffffffff80000000, .p_memsz = 1 << 20};
    run(&program, sizeof program); // in the kernel's half
    program.parts[0] = (Elf64_Phdr){.p_type = PT_INTERP, .p_offset = sizeof program - 64, .p_filesz = 64};
    strcpy(program.name, "/tmp/strange");
    run(&program, sizeof program); // interpreted by itself
    strcpy(program.name, "/proc/self/exe");
    run(&program, sizeof program);
    run("#!/tmp/strange\n", 15); // a script for itself
    run("#!/proc/self/exe -x\n", 20);
    run("#!", 2);
    run("", 0);
    held("none went further than its own end");
}
