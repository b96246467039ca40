// Dispatch sources are thread-safe, but not declared so on Linux.
@preconcurrency import Dispatch
import Glibc

/// Tells any process that the database may have changed, by inotify on the database's directory.
///
/// Two kinds of event wake: the touch that a writer makes after its commit (`ring`), and the closing
/// of the database or its WAL by a process that had it open for writing, which the kernel reports
/// also when that process was killed between its commit and its touch. Writes to the WAL do not
/// wake: they come before the commit is visible, and nothing comes after it.
enum ChangeWatch {
    /// Says that a commit is visible.
    static func ring(_ path: String) {
        // Nobody misses more than one wake-up when the touch fails: the closing of the file tells too.
        _ = utimensat(AT_FDCWD, path, nil, 0)
    }

    /// Yields once at once and after every change; ends when the iteration does.
    static func stream(of path: String) throws(StoreError) -> AsyncStream<Void> {
        let (directory, name) = DatabasePath.split(path)
        let fd = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard fd >= 0 else {
            throw .watch(directory: directory, detail: String(cString: strerror(errno)))
        }
        let events = UInt32(IN_ATTRIB) | UInt32(IN_CLOSE_WRITE) | UInt32(IN_ONLYDIR)
        guard inotify_add_watch(fd, directory, events) >= 0 else {
            let error = errno
            Glibc.close(fd)
            throw .watch(directory: directory, detail: String(cString: strerror(error)))
        }
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let names = Set([name, "\(name)-wal"])
        let source = DispatchSource.makeReadSource(fileDescriptor: fd, queue: .global())
        source.setEventHandler {
            if drain(fd, names) { continuation.yield() }
        }
        source.setCancelHandler { Glibc.close(fd) }
        continuation.onTermination = { _ in source.cancel() }
        source.activate()
        continuation.yield()
        return stream
    }

    /// Reads all events that wait; whether one of them is about the files of these names.
    private static func drain(_ fd: Int32, _ names: Set<String>) -> Bool {
        var relevant = false
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(fd, &buffer, buffer.count)
            guard count > 0 else { return relevant }
            buffer.withUnsafeBytes { bytes in
                if contains(UnsafeRawBufferPointer(rebasing: bytes[..<count]), names) {
                    relevant = true
                }
            }
        }
    }

    /// inotify(7): wd, mask, cookie and length as 32 bits each, then the name padded with zeros.
    private static func contains(_ bytes: UnsafeRawBufferPointer, _ names: Set<String>) -> Bool {
        var offset = 0
        while offset + 16 <= bytes.count {
            let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
            let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
            let end = offset + 16 + length
            guard end <= bytes.count else { return true }
            if mask & UInt32(IN_Q_OVERFLOW) != 0 { return true }
            let name = bytes[(offset + 16)..<end].prefix { $0 != 0 }
            if names.contains(String(decoding: name, as: UTF8.self)) { return true }
            offset = end
        }
        return false
    }
}
