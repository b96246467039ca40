// Theory of operation. The helper builds a tree of its own on a small tmpfs and makes it its root for
// good; every run inherits a copy. What the host shows is not bound into it but laid under an overlay,
// with an empty directory above: the run then meets inodes of this slot alone, so that its locks reach
// nobody else's run, and neither statfs nor mountinfo tells what the host keeps the files on. Single
// files are copied. Nothing here is written through to the host but a mount asked for as writable.

import CLinux
import Glibc
import Linux
import SandboxProtocol

/// One row of what a run sees: everything else of the host is not in the tree at all.
enum FileViewRow {
    /// A host directory, file or symbolic link at the same path, read-only; left out where the host
    /// has none, because distributions differ in which of them exist.
    case shown(String)
    /// A character device in `/dev` with its minor number among the memory devices, and its mode.
    case device(String, minor: UInt, mode: UInt32)
    case directory(String, mode: UInt32)
    /// A directory on a file system of its own that alone may hold devices.
    case deviceDirectory(String)
    case link(String, to: String)
    case file(String, text: String)
}

/// The minimal tree that the helper lives in and that every run inherits.
struct FileView {
    static let rows: [FileViewRow] = [
        // First, because the tree is built with their help; later they are mounted over.
        .directory(Tree.emptyLayer, mode: 0o755), .directory(Tree.hostLayer, mode: 0o755),
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
        .deviceDirectory("/dev"),
        .device("/dev/null", minor: 3, mode: 0o666), .device("/dev/zero", minor: 5, mode: 0o666),
        .device("/dev/full", minor: 7, mode: 0o666),
        // Nobody needs to add to the kernel's randomness.
        .device("/dev/random", minor: 8, mode: 0o444),
        .device("/dev/urandom", minor: 9, mode: 0o444),
        .link("/dev/fd", to: "/proc/self/fd"), .link("/dev/stdin", to: "/proc/self/fd/0"),
        .link("/dev/stdout", to: "/proc/self/fd/1"), .link("/dev/stderr", to: "/proc/self/fd/2"),
        .link("/dev/shm", to: "/space/shm"),
        .directory("/proc", mode: 0o555),
        .link("/tmp", to: "space/tmp"), .directory("/var", mode: 0o755),
        .link("/var/tmp", to: "/space/tmp"),
    ]

    /// Where a run has mounts of its own, which would hide what is asked for there.
    private static let ownPlaces = ["/proc", "/dev", "/tmp", "/var/tmp", "/space", "/box"]

    /// Builds the tree and makes it the root of the calling process, for good.
    ///
    /// Needs a mount namespace of the caller's own. The host's parts are taken as detached copies
    /// before the new root hides any path of theirs.
    /// - Returns: whether nodes of devices are the host's own, because none could be made.
    /// - Throws: naming the row.
    static func enter(_ setup: HelperSetup) throws(KernelError) -> Bool {
        try check(cl_mount(nil, "/", nil, UInt(MS_REC | MS_PRIVATE), nil), "make private", "/")
        let mountPoints = try HostMounts.read()
        var parts: [TreePart] = []
        for row in rows {
            switch row {
            case .shown(let path):
                parts += try TreePart.shown(path, at: path, mountPoints, isOptional: true)
            case .device(let path, let minor, let mode):
                parts.append(.device(path, minor, mode, try .clone(path, recursive: false)))
            case .directory(let path, let mode): parts.append(.directory(path, mode))
            case .deviceDirectory(let path): parts.append(.deviceDirectory(path))
            case .link(let path, let target): parts.append(.link(path, target))
            case .file(let path, let text): parts.append(.file(path, text))
            }
        }
        for (host, inside) in pairs(setup.readOnly) {
            try requireFree(inside)
            parts += try TreePart.shown(host, at: inside, mountPoints, isOptional: false)
        }
        for (host, inside) in pairs(setup.writable) {
            try requireFree(inside)
            parts.append(.writable(inside, try .clone(host, recursive: true)))
        }
        return try Tree(for: parts).become(parts)
    }

    private static func requireFree(_ inside: String) throws(KernelError) {
        let isTaken = ownPlaces.contains { inside == $0 || inside.hasPrefix($0 + "/") }
        guard !isTaken, inside != "/", inside.hasPrefix("/") else {
            throw KernelError(
                "show", "anything at \(inside), which is each run's own", errno: EBUSY)
        }
    }

    private static func pairs(_ list: [String]) -> [(String, String)] {
        stride(from: 0, to: list.count - 1, by: 2).map { (list[$0], list[$0 + 1]) }
    }
}
