import CLinux
import Glibc
import Linux

// Values of <linux/mount.h> that do not import.
private let readOnly: UInt32 = 0x1
private let nosuid: UInt32 = 0x2
private let nodev: UInt32 = 0x4
private let noexec: UInt32 = 0x8

/// The new root while it is built.
///
/// Places are looked up as if it were the root already, so that no link leads to the host.
struct Tree: ~Copyable {
    /// The two layers of every overlay while it is made, by names that give nothing away: the mount
    /// table shows them.
    static let emptyLayer = "/space"
    static let hostLayer = "/box"

    private let root: Descriptor

    /// - Throws: when the file system that the tree begins with cannot be made.
    init(for parts: [TreePart]) throws(KernelError) {
        let size = parts.reduce(1 << 20) { $0 + $1.size }
        root = try newTmpfs(
            size: String(size), inodes: 512, mode: "0755", attributes: nosuid | nodev)
    }

    /// Puts every part into its place and makes the tree the root of the calling process.
    /// - Returns: whether nodes of devices in it are the host's own.
    consuming func become(_ parts: [TreePart]) throws(KernelError) -> Bool {
        // Any directory will do to hang the new root on; this one exists everywhere.
        try check(cl_move_mount(root.number, AT_FDCWD, "/usr"), "mount", "the new root")
        try check(fchdir(root.number) < 0 ? -Int(errno) : 0, "enter", "the new root")
        var sharesNodes = false
        for part in parts {
            if try place(part) == .shared { sharesNodes = true }
        }
        for case .deviceDirectory(let path) in parts { try protect(path) }
        try check(cl_pivot_root(".", "."), "pivot_root", "the new root")
        try check(cl_umount(".", Int32(MNT_DETACH)), "unmount", "the host's root")
        try check(chdir("/") < 0 ? -Int(errno) : 0, "enter", "the new root")
        try protect("/")
        return sharesNodes
    }

    private enum Inode { case own, shared }

    /// - Returns: whose inode a device is; everything else is the tree's own or asked for as shared.
    private func place(_ part: TreePart) throws(KernelError) -> Inode {
        switch part {
        case .directory(let path, let mode):
            _ = try directory(path, mode: mode)
        case .deviceDirectory(let path):
            let devices = try newTmpfs(
                size: "64k", inodes: 32, mode: "0755", attributes: nosuid | noexec)
            try attach(devices.number, at: try directory(path), path)
        case .link(let path, let target):
            let parent = try parent(of: path)
            try check(
                symlinkat(target, parent.number, name(of: path)) < 0 ? -Int(errno) : 0, "link",
                path)
        case .file(let path, let text):
            let file = try newFile(path, mode: 0o644)
            try writeAll(Array(text.utf8), to: file.number, path)
        case .device(let path, let minor, let mode, let host):
            return try placeDevice(path, minor, mode, host)
        case .layer(let path, let host):
            let host = Descriptor(owning: host.number)
            let overlay = try overlay(of: host.number, path)
            try attach(overlay.number, at: try directory(path), path)
        case .copy(let path, let host, _, let mode):
            try placeCopy(path, of: Descriptor(owning: host.number), mode: mode)
        case .writable(let path, let host):
            try placeWritable(path, Descriptor(owning: host.number))
        }
        return .own
    }

    /// A view of a host directory in inodes of its own.
    private func overlay(of host: Int32, _ path: String) throws(KernelError) -> Descriptor {
        let layers = (empty: relative(Self.emptyLayer), host: relative(Self.hostLayer))
        // Layers are named by path and must be mounted in this namespace.
        try check(cl_move_mount(host, AT_FDCWD, layers.host), "mount the layer", path)
        let context = Descriptor(
            owning: Int32(
                try check(
                    cl_fsopen("overlay"), "show",
                    "\(path) through an overlay file system (modprobe overlay)")))
        let subject = "an overlay of \(path)"
        try check(cl_fsconfig_string(context.number, "source", "judge"), "name", subject)
        try check(
            cl_fsconfig_string(context.number, "lowerdir", "\(layers.empty):\(layers.host)"),
            "set the layers of", subject)
        // Without this attribute names are used that only the host's root may read.
        try check(cl_fsconfig_flag(context.number, "userxattr"), "configure", subject)
        try check(cl_fsconfig_create(context.number), "make", subject)
        let mount = Descriptor(
            owning: Int32(
                try check(
                    cl_fsmount(context.number, readOnly | nosuid | nodev), "mount", subject)))
        try check(cl_umount(layers.host, Int32(MNT_DETACH)), "unmount the layer", path)
        return mount
    }

    /// A node of the tree's own; where none may be made, the host's, whose mount is then seen.
    private func placeDevice(
        _ path: String, _ minor: UInt, _ mode: UInt32, _ host: HostTree
    ) throws(KernelError) -> Inode {
        let host = Descriptor(owning: host.number)
        let parent = try parent(of: path)
        let memoryDevices: UInt = 1 << 8
        let made = mknodat(parent.number, name(of: path), S_IFCHR | mode, memoryDevices | minor)
        let result = made < 0 ? -Int(errno) : 0
        guard result == -Int(EPERM) else {
            try check(result, "make the node", path)
            return .own
        }
        let node = try newFile(path, mode: 0o444)
        // Read-only is the node, not the device: its times are the host's, and every run's.
        let attributes = UInt64(readOnly | nosuid | noexec)
        try check(cl_mount_setattr(host.number, "", 0x1000, attributes, 0), "protect", path)
        try attach(host.number, at: node, path)
        return .shared
    }

    /// A copy in the tree itself, or mounted over what an overlay shows there.
    private func placeCopy(
        _ path: String, of source: consuming Descriptor, mode: UInt32
    ) throws(KernelError) {
        let parent = try parent(of: path)
        let name = name(of: path)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
        if faccessat(parent.number, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 {
            let file = try Descriptor.open(name, flags, mode: mode, at: parent.number)
            return try copy(from: source.number, to: file.number, path)
        }
        let own = try newTmpfs(
            size: String(TreePart.largestCopy + 8192), inodes: 4, mode: "0755",
            attributes: nosuid | nodev)
        let file = try Descriptor.open("file", flags, mode: mode, at: own.number)
        try copy(from: source.number, to: file.number, path)
        // Only what is mounted in this namespace can be mounted once more.
        let layer = relative(Self.hostLayer)
        try check(cl_move_mount(own.number, AT_FDCWD, layer), "mount the copy", path)
        let tree = Descriptor(
            owning: try HostTree.clone("\(layer)/file", recursive: false).number)
        try check(cl_umount(layer, Int32(MNT_DETACH)), "unmount the copy", path)
        try check(
            cl_mount_setattr(tree.number, "", 0x1000, UInt64(readOnly), 0), "protect", path)
        try attach(tree.number, at: try open(path, pathOnly), path)
    }

    private func placeWritable(
        _ path: String, _ host: consuming Descriptor
    ) throws(KernelError) {
        try check(
            cl_mount_setattr(host.number, "", 0x1000 | 0x8000, UInt64(nosuid | nodev), 0),
            "protect", path)
        if try fileFacts(host.number, path).isDirectory {
            try attach(host.number, at: try directory(path), path)
        } else {
            try attach(host.number, at: try newFile(path, mode: 0o644), path)
        }
    }

    private func attach(
        _ mount: Int32, at place: borrowing Descriptor, _ path: String
    ) throws(KernelError) {
        try check(cl_move_mount_onto(mount, place.number), "mount", path)
    }

    private func protect(_ path: String) throws(KernelError) {
        let place = path == "/" ? path : relative(path)
        try check(
            cl_mount_setattr(AT_FDCWD, place, 0, UInt64(readOnly), 0), "protect", path)
    }

    private func copy(from source: Int32, to target: Int32, _ path: String) throws(KernelError) {
        while true {
            let count = retrying {
                let count = sendfile(target, source, nil, 1 << 20)
                return count < 0 ? -Int(errno) : count
            }
            guard try check(count, "copy", path) > 0 else { return }
        }
    }

    private func newFile(_ path: String, mode: UInt32) throws(KernelError) -> Descriptor {
        let parent = try parent(of: path)
        return try Descriptor.open(
            name(of: path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode, at: parent.number)
    }

    /// The directory at `path`, made with its parents where it is missing.
    private func directory(_ path: String, mode: UInt32 = 0o755) throws(KernelError) -> Descriptor {
        let names = path.split(separator: "/")
        for length in names.indices {
            let parent = try open(names[..<length].joined(separator: "/"), pathOnly | O_DIRECTORY)
            let bits = length == names.count - 1 ? mode : 0o755
            let made = mkdirat(parent.number, String(names[length]), bits)
            let result = made < 0 ? -Int(errno) : 0
            // On a read-only layer the directory is either there or will be missed when opened.
            if result != -Int(EEXIST) && result != -Int(EROFS) {
                try check(result, "make directory", path)
            }
        }
        return try open(path, pathOnly | O_DIRECTORY)
    }

    private func parent(of path: String) throws(KernelError) -> Descriptor {
        try directory(path.split(separator: "/").dropLast().joined(separator: "/"))
    }

    private func name(of path: String) -> String {
        String(path.split(separator: "/").last ?? "")
    }

    /// Opens a path as if the tree were the root.
    private func open(_ path: String, _ flags: Int32) throws(KernelError) -> Descriptor {
        // RESOLVE_IN_ROOT | NO_MAGICLINKS
        let result = retrying {
            cl_openat2(
                root.number, path.isEmpty ? "." : path, UInt64(UInt32(flags | O_CLOEXEC)), 0,
                0x10 | 0x02)
        }
        return Descriptor(owning: Int32(try check(result, "open", path)))
    }

    private func relative(_ path: String) -> String { String(path.drop(while: { $0 == "/" })) }
}
