import CLinux
import Glibc
import Linux

/// O_PATH, which does not import.
let pathOnly: Int32 = 0o1000_0000

/// A piece of the tree that waits for its place. Pieces of the host are held by descriptors, because
/// their paths are gone when they are placed.
enum TreePart {
    case directory(String, UInt32)
    case deviceDirectory(String)
    case link(String, String)
    case file(String, String)
    /// Minor number, mode, and the host's node for those who may not make one.
    case device(String, UInt, UInt32, HostTree)
    /// A host directory, to be seen through an overlay.
    case layer(String, HostTree)
    /// A host file, to be copied.
    case copy(String, HostTree, size: Int64, mode: UInt32)
    /// A host file or directory as it is.
    case writable(String, HostTree)

    /// Larger files than this are refused: their copies stay in memory as long as the slot.
    static let largestCopy: Int64 = 64 << 20

    /// What shows `host` at `inside`, and what is mounted below it on the host.
    /// - Parameter isOptional: whether nothing at all is right when the host has no such thing; a
    ///   symbolic link is then shown as the link that it is.
    static func shown(
        _ host: String, at inside: String, _ mounts: HostMounts, isOptional: Bool
    ) throws(KernelError) -> [TreePart] {
        if isOptional {
            var information = stat()
            guard lstat(host, &information) == 0 else { return [] }
            if information.st_mode & S_IFMT == S_IFLNK {
                return [.link(inside, try linkTarget(host))]
            }
        }
        var parts = [try shown(host, at: inside)]
        if case .layer = parts[0] {
            for path in mounts.below(try resolved(host)) {
                parts.append(try shown("\(host)/\(path)", at: "\(inside)/\(path)"))
            }
        }
        return parts
    }

    private static func shown(_ host: String, at inside: String) throws(KernelError) -> TreePart {
        var information = stat()
        try check(stat(host, &information) < 0 ? -Int(errno) : 0, "show", host)
        switch information.st_mode & S_IFMT {
        case S_IFDIR:
            return .layer(inside, try .clone(host, recursive: true))
        case S_IFREG:
            let size = Int64(information.st_size)
            guard size <= largestCopy else {
                throw KernelError(
                    "show", "\(host): a file of more than 64 MiB; show its directory instead",
                    errno: EFBIG)
            }
            return .copy(
                inside, HostTree(number: try Descriptor.open(host, O_RDONLY).release()),
                size: size, mode: information.st_mode & 0o555)
        default:
            throw KernelError("show", "\(host): neither file nor directory", errno: EINVAL)
        }
    }

    /// Bytes of the tree's own file system that the piece needs.
    var size: Int64 {
        if case .copy(_, _, let size, _) = self { return size + 8192 }
        return 0
    }
}

/// A file or a detached copy of a mount of the host.
struct HostTree {
    let number: Int32

    /// A detached copy, which nothing that happens to the host's mounts reaches.
    static func clone(_ path: String, recursive: Bool) throws(KernelError) -> HostTree {
        // OPEN_TREE_CLONE | O_CLOEXEC, AT_RECURSIVE
        let flags: UInt32 = 1 | 0o2000000 | (recursive ? 0x8000 : 0)
        return HostTree(number: Int32(try check(cl_open_tree(AT_FDCWD, path, flags), "show", path)))
    }
}

/// The path without links, as the kernel lists mount points.
private func resolved(_ path: String) throws(KernelError) -> String {
    guard let name = realpath(path, nil) else { throw KernelError("resolve", path, errno: errno) }
    defer { free(name) }
    return String(cString: name)
}
