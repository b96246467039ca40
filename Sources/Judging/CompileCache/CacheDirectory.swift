import Foundation
import Glibc
import Synchronization
import Units

/// Files that are written once and may be taken away at any time, in a directory of the judge's own that
/// several workers share.
///
/// A file gets its name when all of it is written, so that a worker that is killed leaves none behind.
final class CacheDirectory: Sendable {
    let path: String
    private let limit: Int64
    /// Of all files together, as far as this process knows.
    private let size: Mutex<Int64>

    /// - Throws: `machine` when it cannot be made or read, or others than its owner may write there.
    init(path: String, limit: ByteCount) throws(JudgingError) {
        self.path = path
        self.limit = limit.bytes
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .machine("cannot make the directory \(path): \(systemText(error))")
        }
        var status = stat()
        guard lstat(path, &status) == 0 else {
            throw .machine("cannot look at \(path): \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
            status.st_mode & 0o022 == 0
        else {
            throw .machine(
                "cannot keep compiled programs in \(path): others may write there; it must be a "
                    + "directory of the judge's user alone (chmod 700)")
        }
        size = Mutex(0)
        let found = list().reduce(0) { $0 + $1.size }
        size.withLock { $0 = found }
    }

    /// The contents of a file, which counts as used now; nil where it cannot be read.
    func read(_ name: String) -> [UInt8]? {
        let fd = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard fd >= 0 else { return nil }
        defer { close(fd) }
        var status = stat()
        guard fstat(fd, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_uid == geteuid(), Int64(status.st_size) <= limit
        else { return nil }
        futimens(fd, nil)
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count {
                let all = UnsafeMutableRawBufferPointer(buffer)
                let rest = UnsafeMutableRawBufferPointer(rebasing: all[count...])
                let got = Glibc.read(fd, rest.baseAddress, rest.count)
                guard got > 0 else { break }
                count += got
            }
        }
        return bytes.count == Int(status.st_size) ? bytes : nil
    }

    /// Writes a file that nobody has written yet, and makes room for it; without effect where it is
    /// larger than all may be together.
    ///
    /// - Throws: `machine`: the disk is full, or the file system makes no files without a name.
    func write(_ name: String, _ bytes: [UInt8]) throws(JudgingError) {
        guard Int64(bytes.count) <= limit else { return }
        let fd = open(path, O_WRONLY | O_CLOEXEC | Self.withoutName, 0o400)
        guard fd >= 0 else { throw failure(errno) }
        defer { close(fd) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                let rest = UnsafeRawBufferPointer(rebasing: all[written...])
                return Glibc.write(fd, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(errno) }
            written += count
        }
        let result = linkat(
            AT_FDCWD, "/proc/self/fd/\(fd)", AT_FDCWD, "\(path)/\(name)", AT_SYMLINK_FOLLOW)
        guard result == 0 else {
            // Somebody else had the same to keep; a damaged file is replaced the next time.
            if errno == EEXIST { return }
            throw failure(errno)
        }
        let isFull = size.withLock { size in
            size += Int64(bytes.count)
            return size > limit
        }
        if isFull { makeRoom() }
    }

    /// Takes a file away, as one that is damaged.
    func remove(_ name: String) {
        unlink("\(path)/\(name)")
    }

    // MARK: - Room

    private struct File {
        var name: String
        var size: Int64
        /// Nanoseconds of the wall clock.
        var usedAt: Int64
    }

    /// Removes the longest unused until a tenth of the room is free, so that it is not done at each write.
    private func makeRoom() {
        var files = list()
        var total = files.reduce(0) { $0 + $1.size }
        files.sort { $0.usedAt > $1.usedAt }
        while total > limit / 10 * 9, let oldest = files.popLast() {
            remove(oldest.name)
            total -= oldest.size
        }
        size.withLock { $0 = total }
    }

    /// Others may take files away meanwhile: those are left out.
    private func list() -> [File] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var files: [File] = []
        while let entry = readdir(directory) {
            var status = stat()
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard fstatat(dirfd(directory), name, &status, AT_SYMLINK_NOFOLLOW) == 0,
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

    private func failure(_ code: Int32) -> JudgingError {
        .machine("cannot write to \(path): \(String(cString: strerror(code)).lowercased())")
    }

    /// O_TMPFILE, which does not import.
    private static let withoutName: Int32 = 0o20000000 | O_DIRECTORY
}

private func systemText(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return (underlying?.localizedDescription ?? error.localizedDescription).lowercased()
}
