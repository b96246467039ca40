// Part of CLinux.h: what the calling process holds of memory and does not need now.
#ifndef OWN_MEMORY_H
#define OWN_MEMORY_H

#include "CLinux.h"

#include <elf.h>
#include <malloc.h>
#include <sys/auxv.h>
#include <sys/mman.h>

// Unmaps the pages of the program's own code, which are the file's; what is needed again is mapped again.
static inline void cl_release_code(void) {
    const Elf64_Phdr *headers = (const Elf64_Phdr *)getauxval(AT_PHDR);
    size_t count = getauxval(AT_PHNUM), page = (size_t)sysconf(_SC_PAGESIZE);
    uintptr_t base = 0;
    if (headers == NULL) return;
    // Where a program is moved as a whole, this header tells by how much.
    for (size_t i = 0; i < count; i++)
        if (headers[i].p_type == PT_PHDR) base = (uintptr_t)headers - headers[i].p_vaddr;
    for (size_t i = 0; i < count; i++) {
        if (headers[i].p_type != PT_LOAD || headers[i].p_flags != (PF_R | PF_X)) continue;
        // Whole pages: what is beside the code in the first and last one may have been written to.
        uintptr_t start = (base + headers[i].p_vaddr + page - 1) / page * page;
        uintptr_t end = (base + headers[i].p_vaddr + headers[i].p_filesz) / page * page;
        if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
    }
}

// Keeps the heap from processes that are forked from here on: they have no such addresses, and writing
// there copies nothing. What libc keeps for a thread lies at the start of the heap of a static program,
// and they have that. A heap that lies elsewhere is handed on as it was.
static inline void cl_keep_heap(void) {
    extern char _end;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), end = (uintptr_t)sbrk(0), own = (uintptr_t)&errno;
    if (own < (uintptr_t)&_end || own >= end) return;
    // errno is in front of the rest of it, of which glibc has less than 3 KB.
    uintptr_t start = (own + 4 * page) / page * page;
    // Each time: what grew again since it was given back is handed on, though it ends where it ended.
    if (start < end) madvise((void *)start, end - start, MADV_DONTFORK);
}

// Gives back what was freed.
static inline void cl_release_heap(void) { malloc_trim(0); }

#endif
