import CLinux
import Glibc

/// A directory of a cgroup hierarchy, reached by descriptor.
struct CgroupDirectory: ~Copyable {
    let parent: Int32
    let name: String
    let descriptor: Descriptor
    private var isThere = true

    /// Makes a new, empty group beneath `parent`, which stays the caller's.
    init(making name: String, in parent: Int32) throws(KernelError) {
        let result = mkdirat(parent, name, 0o755) < 0 ? -Int(errno) : 0
        try check(result, "make cgroup", name)
        let opened: Descriptor
        do throws(KernelError) {
            opened = try Descriptor.open(name, O_RDONLY | O_DIRECTORY, at: parent)
        } catch {
            unlinkat(parent, name, AT_REMOVEDIR)
            throw error
        }
        self.parent = parent
        self.name = name
        descriptor = opened
    }

    deinit {
        // For a group whose set-up failed half-way.
        if isThere { try? removeGroup(name, in: parent) }
    }

    mutating func remove() throws(KernelError) {
        try removeGroup(name, in: parent)
        isThere = false
    }
}

/// Removes a group; tries for up to a second while the kernel still lets processes go.
func removeGroup(_ name: String, in parent: Int32) throws(KernelError) {
    var result = 0
    for _ in 0..<1000 {
        result = unlinkat(parent, name, AT_REMOVEDIR) < 0 ? -Int(errno) : 0
        guard result == -Int(EBUSY) else { break }
        _ = cl_poll(nil, 0, 1_000_000)
    }
    try check(result, "remove cgroup", name)
}
