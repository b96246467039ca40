import CLinux
import Glibc
import Linux
import Units

/// `/box`: the tmpfs that holds the program, kept from run to run until it is replaced.
///
/// It is mounted in the helper's own tree; each run gets it with its copy of the tree, read-only
/// unless the run is a compiler's. Folders of the box are file systems of their own, with a size of
/// their own, so that one can be replaced or written while the rest stays as it is.
final class Box {
    private var root: Int32 = -1
    private var folders: [String: BoxFolder] = [:]

    deinit {
        for folder in folders.values { _ = cl_close(folder.root) }
        if root >= 0 { _ = cl_close(root) }
    }

    /// Replaces the box by an empty one, which belongs to the helper's effective user.
    func reset(size: ByteCount) throws(KernelError) {
        if root >= 0 {
            // The folders go along with it.
            try check(cl_umount("/box", Int32(MNT_DETACH)), "unmount", "/box")
            for folder in folders.values { _ = cl_close(folder.root) }
            folders = [:]
            _ = cl_close(root)
            root = -1
        }
        // No link that a compiler left leads anywhere.
        let nosuidNodevNosymfollow: UInt32 = 0x2 | 0x4 | 0x20_0000
        let mount = try newTmpfs(
            size: String(size.bytes), inodes: 65_536, mode: "0755", isOwn: true,
            attributes: nosuidNodevNosymfollow)
        try check(cl_move_mount(mount.number, AT_FDCWD, "/box"), "mount", "/box")
        root = mount.release()
    }

    /// Replaces a folder of the box by an empty one, or makes it.
    ///
    /// One that a run may write is the slot's user's; any other is closed by the next run.
    func resetFolder(_ name: String, size: ByteCount, writable: Bool) throws(KernelError) {
        let name = try components(of: name, atMost: 1)[0]
        let path = "/box/\(name)"
        if let old = folders.removeValue(forKey: name) {
            _ = cl_close(old.root)
            // MNT_DETACH | UMOUNT_NOFOLLOW
            try check(cl_umount(path, Int32(MNT_DETACH) | 8), "unmount", path)
        } else {
            try check(mkdirat(root, name, 0o755) < 0 ? -Int(errno) : 0, "make directory", path)
        }
        // nosuid, nodev, noexec, nosymfollow
        let mount = try newTmpfs(
            size: String(size.bytes), inodes: 4_096, mode: "0755", isOwn: true,
            attributes: 0x2 | 0x4 | 0x8 | 0x20_0000)
        try check(cl_move_mount(mount.number, AT_FDCWD, path), "mount", path)
        folders[name] = BoxFolder(root: mount.release(), isOpen: true, isWritable: writable)
    }

    /// Makes every folder that runs may not write read-only, until it is replaced.
    func closeFolders() throws(KernelError) {
        for (name, folder) in folders where folder.isOpen && !folder.isWritable {
            // AT_EMPTY_PATH, MOUNT_ATTR_RDONLY
            try check(
                cl_mount_setattr(folder.root, "", 0x1000, 0x1, 0), "protect", "/box/\(name)")
            folders[name]?.isOpen = false
        }
    }

    /// Roots of what a run may write.
    func writableRoots(includingBox: Bool) -> [Int32] {
        (includingBox ? [root] : []) + folders.values.filter(\.isWritable).map(\.root)
    }

    /// What the files of a folder take of its size.
    func use(ofFolder name: String) throws(KernelError) -> ByteCount {
        guard let folder = folders[name] else {
            throw KernelError("measure", "/box/\(name): no such folder", errno: ENOENT)
        }
        return try tmpfsUse(folder.root, "/box/\(name)")
    }

    /// Writes one file from the start of `source`, in directories that are made on the way.
    func put(_ name: String, executable: Bool, from source: Int32) throws(KernelError) {
        var parts = try components(of: name, atMost: 32)
        let last = parts.removeLast()
        var directory = try directory(of: &parts)
        for part in parts {
            let result = mkdirat(directory.number, part, 0o755) < 0 ? -Int(errno) : 0
            if result != -Int(EEXIST) { try check(result, "make directory", "/box/\(name)") }
            directory = try .open(part, O_RDONLY | O_DIRECTORY, beneath: directory.number)
        }
        guard try fileFacts(source, name).isRegular else {
            // Anything else could go on for ever, or hold the helper up.
            throw KernelError("read", "the contents of \(name): not a regular file", errno: EINVAL)
        }
        let mode: UInt32 = executable ? 0o755 : 0o644
        let file = try Descriptor.open(
            last, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode, beneath: directory.number)
        while true {
            let count = retrying {
                let count = sendfile(file.number, source, nil, 1 << 30)
                return count < 0 ? -Int(errno) : count
            }
            guard try check(count, "write", "/box/\(name)") > 0 else { break }
        }
    }

    /// Opens a file that a run left, without following or waiting for anything.
    /// - Returns: nil unless it is a regular file with a single name.
    func take(_ name: String) throws(KernelError) -> Int32? {
        var parts = try components(of: name, atMost: 2)
        let directory = try directory(of: &parts)
        guard parts.count == 1 else {
            throw KernelError("open", "\"\(name)\": not a plain name", errno: EINVAL)
        }
        let file: Descriptor
        do throws(KernelError) {
            file = try Descriptor.open(
                parts[0], O_RDONLY | O_NONBLOCK | O_NOFOLLOW, beneath: directory.number)
        } catch  where [ENOENT, ELOOP, EXDEV, ENXIO].contains(error.errno) {
            return nil
        }
        let facts = try fileFacts(file.number, name)
        guard facts.isRegular, facts.links == 1 else { return nil }
        return file.release()
    }

    /// Removes a file that a run left; without effect where there is none.
    func drop(_ name: String) throws(KernelError) {
        var parts = try components(of: name, atMost: 2)
        let directory = try directory(of: &parts)
        guard parts.count == 1 else {
            throw KernelError("remove", "\"\(name)\": not a plain name", errno: EINVAL)
        }
        let result = unlinkat(directory.number, parts[0], 0) < 0 ? -Int(errno) : 0
        if result != -Int(ENOENT) { try check(result, "remove", "/box/\(name)") }
    }

    /// How much memory the program at `path` asks for by its headers; nil unless it is one of the box:
    /// what cannot be looked at is no evidence.
    func imageSize(of path: String) -> Int64? {
        guard path.hasPrefix("/box/") else { return nil }
        do throws(KernelError) {
            guard let file = try take(String(path.dropFirst(5))) else { return nil }
            defer { _ = cl_close(file) }
            return try SandboxEngine.imageSize(of: file)
        } catch {
            return nil
        }
    }

    /// The folder that the first part names, which is taken off, else the box.
    private func directory(of parts: inout [String]) throws(KernelError) -> Descriptor {
        guard let first = parts.first, let folder = folders[first] else {
            return try .duplicate(root)
        }
        parts.removeFirst()
        return try .duplicate(folder.root)
    }

    private func components(
        of name: String, atMost limit: Int
    ) throws(KernelError) -> [String] {
        guard root >= 0 else { throw KernelError("open", "/box: not made yet", errno: ENOENT) }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isPlain = parts.allSatisfy {
            !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255 && !$0.utf8.contains(0)
        }
        guard isPlain, parts.count <= limit else {
            throw KernelError("open", "\"\(name)\": not a plain name", errno: EINVAL)
        }
        return parts
    }
}

/// One folder of the box.
private struct BoxFolder {
    var root: Int32
    /// Whether the helper itself may still write there.
    var isOpen: Bool
    var isWritable: Bool
}
