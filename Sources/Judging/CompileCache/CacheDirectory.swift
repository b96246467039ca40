import Glibc
import Synchronization
import Units

/// Why a directory cannot hold what may be executed later.
package enum CacheFault: Error, Equatable, CustomStringConvertible {
    /// Others may put something there.
    case foreign(String)
    /// It cannot be made, read or written.
    case unusable(String)

    package var description: String {
        switch self {
        case .foreign(let why), .unusable(let why): why
        }
    }
}

/// Files that are written once and may be taken away at any time, in a directory of the judge's own that
/// several workers share.
///
/// The directory is opened once, and files are named below it: who renames it, or puts another in its
/// place, changes nothing. A file gets its name when all of it is written, so that a worker that is killed
/// leaves none behind.
final class CacheDirectory: Sendable {
    /// An open directory.
    private final class Place: Sendable {
        let fd: Int32

        init(_ fd: Int32) { self.fd = fd }

        deinit { close(fd) }
    }

    private struct State {
        var place: Place
        /// Of all files together, as far as this process knows.
        var size: Int64
    }

    let path: String
    private let limit: Int64
    private let largest: Int64
    private let isSynced: Bool
    private let state: Mutex<State>

    /// - Parameters:
    ///   - path: `DIRECTORY/NAME`, both of which are made where they are missing.
    ///   - limit: bytes of all files together.
    ///   - largest: bytes of one file, so that one does not drive out all others; nil: a tenth of `limit`.
    ///   - isSynced: whether a file is on the disk before it has its name, for those that nobody looks
    ///     through before they are used.
    init(
        path: String, limit: ByteCount, largest: ByteCount? = nil, isSynced: Bool = false
    ) throws(CacheFault) {
        self.path = path
        self.limit = limit.bytes
        self.largest = largest?.bytes ?? limit.bytes / 10
        self.isSynced = isSynced
        let place = try Self.open(path)
        state = Mutex(State(place: place, size: Self.list(place).reduce(0) { $0 + $1.size }))
    }

    /// What the directory can be used for now, without making it.
    static func examine(path: String) throws(CacheFault) {
        do throws(SystemError) {
            _ = try openAll(path, make: false)
        } catch {
            if error.code == ENOENT {
                let there = nearest(above: path)
                guard access(there, W_OK) == 0 else {
                    throw .unusable(
                        "cannot make \(path): \(there) may not be written: "
                            + String(cString: strerror(errno)).lowercased())
                }
                return
            }
            throw error.fault
        }
    }

    /// The contents of a file, which counts as used now; nil where there is none that may be used.
    func read(_ name: String) -> [UInt8]? {
        guard let (fd, size) = open(name) else { return nil }
        defer { close(fd) }
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < buffer.count {
                let all = UnsafeMutableRawBufferPointer(buffer)
                let rest = UnsafeMutableRawBufferPointer(rebasing: all[count...])
                let got = Glibc.read(fd, rest.baseAddress, rest.count)
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else { break }
                count += got
            }
        }
        return bytes.count == size ? bytes : nil
    }

    /// Where a file is, for this process, and its size in bytes; it counts as used now. The path may lead
    /// nowhere any more when it is opened. nil where there is none that may be used.
    func find(_ name: String) -> (path: String, size: Int)? {
        guard let (fd, size) = open(name) else { return nil }
        close(fd)
        return ("/proc/self/fd/\(state.withLock(\.place.fd))/\(name)", size)
    }

    private func open(_ name: String) -> (fd: Int32, size: Int)? {
        let place = state.withLock(\.place)
        let fd = openat(place.fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard fd >= 0 else {
            // What is no file of ours would keep the name from being written for ever.
            if [ELOOP, EACCES, EPERM, ENXIO].contains(errno) { remove(name) }
            return nil
        }
        var status = stat()
        guard fstat(fd, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_uid == geteuid(), Int64(status.st_size) <= limit
        else {
            close(fd)
            remove(name)
            return nil
        }
        futimens(fd, nil)
        return (fd, Int(status.st_size))
    }

    /// Writes a file that nobody has written yet, and makes room for it; without effect where it is too large.
    ///
    /// - Throws: `unusable`: the disk is full, or the file system makes no files without a name;
    ///   `foreign` where the directory was removed and another one is there now.
    func write(_ name: String, _ bytes: [UInt8]) throws(CacheFault) {
        guard Int64(bytes.count) <= largest else { return }
        for isLastTry in [false, true] {
            do throws(SystemError) {
                try writeOnce(name, bytes)
                break
            } catch {
                guard !isLastTry else { throw error.fault }
                if isRemoved {
                    let place = try Self.open(path)
                    state.withLock { $0 = State(place: place, size: 0) }
                } else if [ENOSPC, EDQUOT].contains(error.code) {
                    makeRoom { $0 / 2 }
                } else {
                    throw error.fault
                }
            }
        }
        let isFull = state.withLock { state in
            state.size += Int64(bytes.count)
            return state.size > limit
        }
        if isFull { makeRoom { _ in limit / 10 * 9 } }
    }

    /// Takes a file away, as one that is damaged.
    func remove(_ name: String) {
        let place = state.withLock(\.place)
        if unlinkat(place.fd, name, 0) != 0, errno == EISDIR || errno == EPERM {
            unlinkat(place.fd, name, AT_REMOVEDIR)
        }
    }

    private func writeOnce(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
        let place = state.withLock(\.place)
        let fd = openat(place.fd, ".", O_WRONLY | O_CLOEXEC | Self.withoutName, 0o400)
        guard fd >= 0 else { throw SystemError("cannot write to \(path)") }
        defer { close(fd) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                let rest = UnsafeRawBufferPointer(rebasing: all[written...])
                return Glibc.write(fd, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SystemError("cannot write to \(path)") }
            written += count
        }
        guard !isSynced || fsync(fd) == 0 else { throw SystemError("cannot write to \(path)") }
        let result = linkat(AT_FDCWD, "/proc/self/fd/\(fd)", place.fd, name, AT_SYMLINK_FOLLOW)
        // Else somebody else had the same to keep.
        guard result == 0 || errno == EEXIST else {
            throw SystemError("cannot write to \(path)")
        }
    }

    // MARK: - The directory

    private var isRemoved: Bool {
        let place = state.withLock(\.place)
        var status = stat()
        return fstat(place.fd, &status) == 0 && status.st_nlink == 0
    }

    private static func open(_ path: String) throws(CacheFault) -> Place {
        do throws(SystemError) {
            return try openAll(path, make: true)
        } catch {
            throw error.fault
        }
    }

    /// The directory that holds it may be any that only its owner writes to; a link to one, too.
    private static func openAll(_ path: String, make: Bool) throws(SystemError) -> Place {
        let parts = path.split(separator: "/")
        var parent = ""
        for part in parts.dropLast() {
            parent += "/\(part)"
            if make, access(parent, F_OK) != 0, mkdir(parent, 0o700) != 0, errno != EEXIST {
                throw SystemError("cannot make the directory \(parent)")
            }
        }
        let above = try openOne(
            parent + "/", below: AT_FDCWD, called: parent, flags: 0, owners: [geteuid(), 0])
        let name = String(parts.last ?? ".")
        if make, mkdirat(above.fd, name, 0o700) != 0, errno != EEXIST {
            throw SystemError("cannot make the directory \(path)")
        }
        return try openOne(
            name, below: above.fd, called: path, flags: O_NOFOLLOW, owners: [geteuid()])
    }

    private static func openOne(
        _ name: String, below parent: Int32, called path: String, flags: Int32, owners: [uid_t]
    ) throws(SystemError) -> Place {
        let fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags)
        guard fd >= 0 else { throw SystemError("cannot use the directory \(path)") }
        let place = Place(fd)
        var status = stat()
        guard fstat(fd, &status) == 0 else { throw SystemError("cannot look at \(path)") }
        guard owners.contains(status.st_uid) else {
            throw SystemError(
                foreign: "cannot keep compiled programs in \(path): it belongs to the user "
                    + "\(status.st_uid), and the judge runs as \(geteuid()); give it to the judge's "
                    + "user (chown), or name another directory in [compile] of judge.conf")
        }
        guard status.st_mode & 0o022 == 0 else {
            throw SystemError(
                foreign:
                    "cannot keep compiled programs in \(path): others may write there; it must "
                    + "be a directory of the judge's user alone (chmod 700)")
        }
        return place
    }

    /// What there is of the path.
    private static func nearest(above path: String) -> String {
        var parts = path.split(separator: "/")
        while !parts.isEmpty {
            parts.removeLast()
            let there = "/" + parts.joined(separator: "/")
            if access(there, F_OK) == 0 { return there }
        }
        return "/"
    }

    // MARK: - Room

    private struct File {
        var name: String
        var size: Int64
        /// Nanoseconds of the wall clock.
        var usedAt: Int64
    }

    /// Removes the longest unused until no more is left than `most` of what there is, at once so much that it
    /// is not done at each write.
    private func makeRoom(_ most: (_ all: Int64) -> Int64) {
        var files = Self.list(state.withLock(\.place))
        var total = files.reduce(0) { $0 + $1.size }
        let most = most(total)
        files.sort { $0.usedAt > $1.usedAt }
        while total > most, let oldest = files.popLast() {
            remove(oldest.name)
            total -= oldest.size
        }
        state.withLock { $0.size = total }
    }

    /// Those that it may have written, and none that somebody else put there. Others may take files away
    /// meanwhile: those are left out.
    private static func list(_ place: Place) -> [File] {
        let fd = openat(place.fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard fd >= 0, let directory = fdopendir(fd) else { return [] }
        defer { closedir(directory) }
        var files: [File] = []
        while let entry = readdir(directory) {
            var status = stat()
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard CompileKey.isName(name),
                fstatat(dirfd(directory), name, &status, AT_SYMLINK_NOFOLLOW) == 0,
                status.st_mode & S_IFMT == S_IFREG
            else { continue }
            files.append(
                File(
                    name: name, size: Int64(status.st_size),
                    usedAt: Int64(status.st_mtim.tv_sec) * 1_000_000_000
                        + Int64(status.st_mtim.tv_nsec)))
        }
        return files
    }

    /// O_TMPFILE, which does not import.
    private static let withoutName: Int32 = 0o20000000 | O_DIRECTORY
}

/// What the kernel refused, or what is no directory of the judge's own.
private struct SystemError: Error {
    /// 0 where the kernel refused nothing.
    var code: Int32
    var text: String

    /// Of `errno`.
    init(_ text: String) {
        code = errno
        self.text = "\(text): \(String(cString: strerror(code)).lowercased())"
    }

    init(foreign text: String) {
        code = 0
        self.text = text
    }

    var fault: CacheFault { code == 0 ? .foreign(text) : .unusable(text) }
}
