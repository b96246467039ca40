import CLinux
import Glibc
import Linux
import Units

/// `/box`: the tmpfs that holds the program, kept from run to run until it is replaced.
///
/// It is mounted in the helper's own tree; each run gets it with its copy of the tree, read-only
/// unless the run is a compiler's.
final class Box {
    private let identity: UInt32
    private var root: Int32 = -1

    /// - Parameter identity: host user and group that a compiler runs as, and the helper's effective ones.
    init(identity: UInt32) {
        self.identity = identity
    }

    deinit {
        if root >= 0 { _ = cl_close(root) }
    }

    /// Replaces the box by an empty one.
    func reset(size: ByteCount) throws(KernelError) {
        if root >= 0 {
            try check(cl_umount("/box", Int32(MNT_DETACH)), "unmount", "/box")
            _ = cl_close(root)
            root = -1
        }
        let nosuidNodev: UInt32 = 0x2 | 0x4
        let mount = try newTmpfs(
            size: String(size.bytes), inodes: 65_536, mode: "0755", owner: identity,
            attributes: nosuidNodev)
        try check(cl_move_mount(mount.number, AT_FDCWD, "/box"), "mount", "/box")
        root = mount.release()
    }

    /// Writes one file from the start of `source`.
    func put(_ name: String, executable: Bool, from source: Int32) throws(KernelError) {
        try requireComponent(name)
        let mode: UInt32 = executable ? 0o755 : 0o644
        let file = try Descriptor.open(
            name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode, beneath: root)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = retrying {
                let count = read(source, &buffer, buffer.count)
                return count < 0 ? -Int(errno) : count
            }
            guard try check(count, "read", "the contents of \(name)") > 0 else { break }
            var failure: KernelError?
            buffer.withUnsafeBytes { bytes in
                do throws(KernelError) {
                    try writeAll(.init(rebasing: bytes[..<count]), to: file.number, "/box/\(name)")
                } catch { failure = error }
            }
            if let failure { throw failure }
        }
    }

    /// Opens a file that a run left, without following or waiting for anything.
    /// - Returns: nil unless it is a regular file with a single name.
    func take(_ name: String) throws(KernelError) -> Int32? {
        try requireComponent(name)
        let file: Descriptor
        do throws(KernelError) {
            file = try Descriptor.open(name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW, beneath: root)
        } catch  where [ENOENT, ELOOP, EXDEV, ENXIO].contains(error.errno) {
            return nil
        }
        let facts = try fileFacts(file.number, name)
        guard facts.isRegular, facts.links == 1 else { return nil }
        return file.release()
    }

    private func requireComponent(_ name: String) throws(KernelError) {
        guard root >= 0 else { throw KernelError("open", "/box: not made yet", errno: ENOENT) }
        let forbidden = name.isEmpty || name == "." || name == ".." || name.utf8.count > 255
        guard !forbidden, !name.utf8.contains(UInt8(ascii: "/")) else {
            throw KernelError("open", "\"\(name)\": not a plain name", errno: EINVAL)
        }
    }
}
