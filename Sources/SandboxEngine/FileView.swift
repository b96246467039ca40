import CLinux
import Glibc
import Linux
import SandboxProtocol

/// One row of what a run sees: everything else of the host is not in the tree at all.
enum FileViewRow {
    /// A host directory, file or symbolic link at the same path, read-only; left out where the host
    /// has none, because distributions differ in which of them exist.
    case shown(String)
    /// A device node of the host.
    case device(String)
    case directory(String, mode: UInt32)
    case link(String, to: String)
    case file(String, text: String)
}

/// The minimal tree that the helper lives in and that every run inherits.
struct FileView {
    static let rows: [FileViewRow] = [
        .directory("/usr", mode: 0o755),
        .shown("/usr/bin"), .shown("/usr/sbin"), .shown("/usr/lib"), .shown("/usr/lib32"),
        .shown("/usr/lib64"), .shown("/usr/libx32"), .shown("/usr/libexec"),
        .shown("/usr/include"), .shown("/usr/share"),
        .shown("/bin"), .shown("/sbin"), .shown("/lib"), .shown("/lib32"), .shown("/lib64"),
        .shown("/libx32"),
        .directory("/etc", mode: 0o755),
        .shown("/etc/alternatives"), .shown("/etc/ld.so.cache"),
        .file("/etc/passwd", text: "judge:x:1000:1000:judge:/tmp:/bin/sh\n"),
        .file("/etc/group", text: "judge:x:1000:\n"),
        .file("/etc/hosts", text: "127.0.0.1 localhost\n::1 localhost\n"),
        .file("/etc/nsswitch.conf", text: "passwd: files\ngroup: files\nhosts: files\n"),
        .directory("/dev", mode: 0o755),
        .device("/dev/null"), .device("/dev/zero"), .device("/dev/full"),
        .device("/dev/random"), .device("/dev/urandom"),
        .link("/dev/fd", to: "/proc/self/fd"), .link("/dev/stdin", to: "/proc/self/fd/0"),
        .link("/dev/stdout", to: "/proc/self/fd/1"), .link("/dev/stderr", to: "/proc/self/fd/2"),
        .link("/dev/shm", to: "/space/shm"),
        .directory("/proc", mode: 0o555),
        .directory("/box", mode: 0o755),
        .directory("/space", mode: 0o755),
        .link("/tmp", to: "space/tmp"), .directory("/var", mode: 0o755),
        .link("/var/tmp", to: "/space/tmp"),
    ]

    /// Builds the tree and makes it the root of the calling process, for good.
    ///
    /// Needs a mount namespace of the caller's own. The host's parts are taken as detached copies
    /// before the new root hides any path of theirs.
    /// - Throws: naming the row.
    static func enter(_ setup: HelperSetup) throws(KernelError) {
        try check(cl_mount(nil, "/", nil, UInt(MS_REC | MS_PRIVATE), nil), "make private", "/")
        var parts: [Part] = []
        for row in rows { parts.append(try part(for: row)) }
        for (host, inside) in pairs(setup.readOnly) {
            parts.append(.mount(inside, try clone(host, writable: false)))
        }
        for (host, inside) in pairs(setup.writable) {
            parts.append(.mount(inside, try clone(host, writable: true)))
        }
        let root = try newTmpfs(size: "1m", inodes: 512, mode: "0755", attributes: nosuid)
        // Any directory will do to hang the new root on; this one exists everywhere.
        try check(cl_move_mount(root.number, AT_FDCWD, "/usr"), "mount", "the new root")
        try check(fchdir(root.number) < 0 ? -Int(errno) : 0, "enter", "the new root")
        for part in parts { try part.place() }
        try check(cl_pivot_root(".", "."), "pivot_root", "the new root")
        try check(cl_umount(".", Int32(MNT_DETACH)), "unmount", "the host's root")
        try check(chdir("/") < 0 ? -Int(errno) : 0, "enter", "the new root")
        try check(cl_mount_setattr(AT_FDCWD, "/", 0, readOnly, 0), "protect", "the new root")
    }

    private static func part(for row: FileViewRow) throws(KernelError) -> Part {
        switch row {
        case .shown(let path):
            var information = stat()
            guard lstat(path, &information) == 0 else { return .nothing }
            if information.st_mode & S_IFMT == S_IFLNK {
                return .link(path, try linkTarget(path))
            }
            return .mount(path, try clone(path, writable: false))
        case .device(let path):
            return .device(path, try cloneDevice(path))
        case .directory(let path, let mode):
            return .directory(path, mode)
        case .link(let path, let target):
            return .link(path, target)
        case .file(let path, let text):
            return .file(path, text)
        }
    }

    private static func pairs(_ list: [String]) -> [(String, String)] {
        stride(from: 0, to: list.count - 1, by: 2).map { (list[$0], list[$0 + 1]) }
    }
}

private let readOnly: UInt64 = 0x1
private let nosuid: UInt32 = 0x2
private let nodev: UInt64 = 0x4

/// A piece of the tree that waits for its place.
private enum Part {
    case nothing
    case mount(String, Int32)
    case device(String, Int32)
    case directory(String, UInt32)
    case link(String, String)
    case file(String, String)

    /// Puts the piece into the tree whose root is the working directory.
    func place() throws(KernelError) {
        switch self {
        case .nothing:
            break
        case .directory(let path, let mode):
            try makeDirectory(relative(path), mode: mode)
        case .link(let path, let target):
            try check(symlink(target, relative(path)) < 0 ? -Int(errno) : 0, "link", path)
        case .file(let path, let text):
            let file = try Descriptor.open(
                relative(path), O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
            try writeAll(Array(text.utf8), to: file.number, path)
        case .mount(let path, let tree), .device(let path, let tree):
            let tree = Descriptor(owning: tree)
            let parents = relative(path).split(separator: "/").dropLast()
            for length in parents.indices {
                try makeDirectory(parents[...length].joined(separator: "/"), mode: 0o755)
            }
            if try fileFacts(tree.number, path).isDirectory {
                try makeDirectory(relative(path), mode: 0o755)
            } else {
                _ = try Descriptor.open(relative(path), O_WRONLY | O_CREAT, mode: 0o644)
            }
            try check(cl_move_mount(tree.number, AT_FDCWD, relative(path)), "mount", path)
        }
    }

    private func makeDirectory(_ path: String, mode: UInt32) throws(KernelError) {
        let result = mkdir(path, mode) < 0 ? -Int(errno) : 0
        if result != -Int(EEXIST) { try check(result, "make directory", path) }
    }

    private func relative(_ path: String) -> String {
        String(path.drop(while: { $0 == "/" }))
    }
}

private func linkTarget(_ path: String) throws(KernelError) -> String {
    var length = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        buffer.withMemoryRebound(to: CChar.self) { buffer in
            guard let start = buffer.baseAddress else { return }
            let result = readlink(path, start, 4096)
            length = result < 0 ? -Int(errno) : result
        }
        count = max(0, length)
    }
    try check(length, "read link", path)
    return String(decoding: bytes, as: UTF8.self)
}

/// A detached copy of a host tree: nosuid and nodev, and read-only unless it may be written.
private func clone(_ path: String, writable: Bool) throws(KernelError) -> Int32 {
    // OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE
    let tree = Descriptor(
        owning: Int32(try check(cl_open_tree(AT_FDCWD, path, 1 | 0o2000000 | 0x8000), "show", path))
    )
    let attributes = UInt64(nosuid) | nodev | (writable ? 0 : readOnly)
    try check(
        cl_mount_setattr(tree.number, "", 0x1000 | 0x8000, attributes, 0), "protect", path)
    return tree.release()
}

/// A device node must be usable, so its mount alone lacks nodev; it is read-only as a file.
private func cloneDevice(_ path: String) throws(KernelError) -> Int32 {
    let tree = Descriptor(
        owning: Int32(try check(cl_open_tree(AT_FDCWD, path, 1 | 0o2000000), "show", path)))
    // nosuid | noexec
    try check(cl_mount_setattr(tree.number, "", 0x1000, 0x2 | 0x8, 0), "protect", path)
    return tree.release()
}

/// A new tmpfs that is mounted nowhere yet.
func newTmpfs(
    size: String, inodes: Int, mode: String, owner: UInt32 = 0, attributes: UInt32
) throws(KernelError) -> Descriptor {
    let context = Descriptor(owning: Int32(try check(cl_fsopen("tmpfs"), "fsopen", "tmpfs")))
    let options = [
        ("size", size), ("nr_inodes", String(inodes)), ("mode", mode), ("uid", String(owner)),
        ("gid", String(owner)),
    ]
    for (key, value) in options {
        try check(cl_fsconfig_string(context.number, key, value), "fsconfig", "tmpfs \(key)")
    }
    try check(cl_fsconfig_create(context.number), "fsconfig", "tmpfs")
    return Descriptor(
        owning: Int32(try check(cl_fsmount(context.number, attributes), "fsmount", "tmpfs")))
}
