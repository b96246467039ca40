import Glibc
import Linux

/// Things of the host that are planted for the time of one attack, so that a run that can get at
/// anything outside gets at one of them.
final class Canaries: Sendable {
    /// In the environment of every helper: a run that sees it sees its helper's environment.
    static let variable = "JUDGE_CANARY"

    /// A file of the host that runs see.
    private static let shownFile = "/usr/bin/env"

    /// What every directory's name begins with, before the number of the process.
    private static let prefix = "judge-canary-"

    private let directory: String
    private let file: String
    private let open: [Int32]
    /// What the helper's mode `probe` is told.
    let arguments: [String]

    /// Plants a file that all may read, in a directory that all may write, with a lock on it; a
    /// listener on loopback and one at an abstract name. The process is this one.
    init() throws(KernelError) {
        Self.removeAbandoned()
        let directory = try Self.makeDirectory()
        let file = "\(directory)/canary"
        var open: [Int32] = []
        do throws(KernelError) {
            let created = try Descriptor.open(file, O_RDWR | O_CREAT | O_EXCL, mode: 0o644)
            try check(fchmod(created.number, 0o644) < 0 ? -Int(errno) : 0, "chmod", file)
            try writeAll(Array("canary\n".utf8), to: created.number, file)
            try check(flock(created.number, LOCK_EX) < 0 ? -Int(errno) : 0, "lock", file)
            // A lock that any number of workers can have at one time.
            let shared = try Descriptor.open(Self.shownFile, O_RDONLY)
            let result = flock(shared.number, LOCK_SH) < 0 ? -Int(errno) : 0
            try check(result, "lock", Self.shownFile)
            open.append(shared.release())
            var facts = stat()
            try check(fstat(created.number, &facts) < 0 ? -Int(errno) : 0, "stat", file)
            open.append(created.release())
            let loopback = try Listener.onLoopback()
            open.append(loopback.descriptor)
            // The process and what nobody else's directory ends with: two attacks may begin at one time.
            let token = directory.dropFirst("/tmp/\(Self.prefix)".count)
            let name = "judge/canary/\(token)"
            open.append(try Listener.at(name: name))
            arguments = [
                "directory=\(directory)", "file=\(file)", "inode=\(facts.st_ino)",
                "port=\(loopback.port)",
                "socket=\(name)", "pid=\(getpid())", "shared=\(Self.shownFile)",
                "variable=\(Self.variable)",
                "left=judge-left-\(token)",
            ]
        } catch {
            for descriptor in open { close(descriptor) }
            unlink(file)
            rmdir(directory)
            throw error
        }
        self.directory = directory
        self.file = file
        self.open = open
    }

    deinit {
        for descriptor in open { close(descriptor) }
        unlink(file)
        rmdir(directory)
    }

    private static func makeDirectory() throws(KernelError) -> String {
        guard let name = strdup("/tmp/\(prefix)\(getpid())-XXXXXX") else {
            throw KernelError("make", "a directory in /tmp", errno: ENOMEM)
        }
        defer { free(name) }
        guard mkdtemp(name) != nil else {
            throw KernelError("make", "a directory in /tmp", errno: errno)
        }
        let path = String(cString: name)
        try check(chmod(path, 0o777) < 0 ? -Int(errno) : 0, "chmod", path)
        return path
    }

    /// Removes what processes left that were killed while they attacked: their number is nobody's, and
    /// the lock of their file can be had.
    private static func removeAbandoned() {
        for name in (try? directoryNames("/tmp")) ?? [] where name.hasPrefix(prefix) {
            let owner = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" })
            guard let owner, owner > 0, kill(owner, 0) < 0, errno == ESRCH else { continue }
            // Anybody may make such a name: links are not followed, and only what is ours is removed.
            let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW
            var facts = stat()
            guard let directory = try? Descriptor.open("/tmp/\(name)", flags),
                fstat(directory.number, &facts) == 0, facts.st_uid == geteuid()
            else { continue }
            let file = openat(
                directory.number, "canary", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            if file >= 0 {
                defer { close(file) }
                guard flock(file, LOCK_EX | LOCK_NB) == 0 else { continue }
                unlinkat(directory.number, "canary", 0)
            }
            rmdir("/tmp/\(name)")
        }
    }
}
