// Theory of operation. What a program holds as standard input it can ask for its name (/proc/self/fd/0),
// its inode and, where it is a socket, for the address at the other end; and a socket can be written,
// past every limit on output. So only a file in memory, and a pipe without a name that the run's user
// may not open for writing, are handed on as they are. The bytes of everything else are carried into a
// pipe by the helper.

import CLinux
import Glibc
import Linux

/// Carries the caller's standard input into a pipe, until one of them ends.
final class InputRelay {
    /// The worker's descriptor, or what was opened anew.
    private let source: Int32
    /// What was opened anew here; -1 for nothing.
    private let opened: Int32
    /// Whether reading waits when there is nothing: it was opened by somebody else.
    private let waits: Bool
    /// For the program; -1 once it has it alone.
    private(set) var reader: Int32
    private var writer: Int32
    /// Made when something is carried, which in most runs nothing is.
    private lazy var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var pending: Range<Int> = 0..<0

    /// How much is carried before the helper looks at its limits again, in buffers.
    private static let share = 16

    /// - Returns: nil for what a program may hold itself.
    init?(_ source: Int32) throws(KernelError) {
        let subject = "standard input"
        let facts = try fileFacts(source, subject)
        if facts.isRegular { return nil }
        let isPipe = try isAnonymousPipe(source)
        if isPipe, !Self.isReachable(facts) { return nil }
        // The worker has made it one that waits, for a program to read from.
        opened =
            isPipe ? (try? Descriptor.reopen(source, O_RDONLY | O_NONBLOCK).release()) ?? -1 : -1
        self.source = opened >= 0 ? opened : source
        let flags = try check(cl_fcntl(self.source, F_GETFL, 0), "ask", subject)
        waits = flags & Int(O_NONBLOCK) == 0
        (reader, writer) = try Descriptor.pipe()
        try check(
            cl_fcntl(writer, F_SETFL, Int(O_NONBLOCK | O_WRONLY)), "make non-blocking", "a pipe")
    }

    deinit {
        closeReader()
        closeWriter()
        if opened >= 0 { _ = cl_close(opened) }
    }

    /// Whether a pipe is the run's own user's, who may open its other end as well, by /proc/self/fd/0,
    /// and write what others read from it; or somebody's whom this namespace does not know, so that the
    /// worker could not open it anew and lends what others hold, flags and all.
    private static func isReachable(_ facts: FileFacts) -> Bool {
        let unknown: UInt32 = 65_534
        return facts.owner == geteuid() || facts.owner == unknown
    }

    /// For when the program's processes hold the only reading ends.
    func closeReader() {
        if reader >= 0 { _ = cl_close(reader) }
        reader = -1
    }

    private func closeWriter() {
        if writer >= 0 { _ = cl_close(writer) }
        writer = -1
    }

    /// What to wait for next; nil when nothing more comes.
    var interest: pollfd? {
        guard writer >= 0 else { return nil }
        return pending.isEmpty
            ? pollfd(fd: source, events: Int16(POLLIN), revents: 0)
            : pollfd(fd: writer, events: Int16(POLLOUT), revents: 0)
    }

    /// Moves what can be moved without waiting. An input that fails has ended.
    func move() {
        for _ in 0..<Self.share where writer >= 0 {
            if pending.isEmpty, !fill() { return }
            let result = retrying {
                buffer.withUnsafeBytes { bytes in
                    let start = bytes.baseAddress?.advanced(by: pending.lowerBound)
                    let count = write(writer, start, pending.count)
                    return count < 0 ? -Int(errno) : count
                }
            }
            if result == -Int(EAGAIN) { return }
            // Nobody reads any more.
            if result < 0 { return closeWriter() }
            pending = pending.lowerBound + result..<pending.upperBound
        }
    }

    /// - Returns: whether there is something to write.
    private func fill() -> Bool {
        // A pipe without writers says so to who reads, not to who waits.
        if waits {
            var interest = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
            guard retrying({ cl_poll(&interest, 1, 0) }) > 0 else { return false }
        }
        let result = retrying {
            let count = read(source, &buffer, buffer.count)
            return count < 0 ? -Int(errno) : count
        }
        if result == -Int(EAGAIN) { return false }
        guard result > 0 else {
            closeWriter()
            return false
        }
        pending = 0..<result
        return true
    }
}
