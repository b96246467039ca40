import CLinux

/// What the calling process holds of memory and does not need while it waits.
package enum OwnMemory {
    /// Gives back what was freed, and unmaps the program's code, which is the file's: what is needed again
    /// is mapped again, where it still is in memory within microseconds.
    package static func release() {
        cl_release_heap()
        cl_release_code()
    }

    /// Keeps the heap from what is cloned from here on, which must not use anything that is there: a
    /// clone that shares it makes the kernel copy each page of it that this process writes to next.
    package static func keepHeap() { cl_keep_heap() }
}
