import CLinux
import Glibc
import Linux
import Units

/// One output stream of the program: a pipe whose other end the supervisor empties into a target.
///
/// Set: by counting. Breach: more bytes than allowed came out of both streams together. What is
/// beyond the limit is counted and thrown away, so that neither memory nor disk fills.
final class OutputStream {
    /// The end that is read here; -1 after the end of the stream.
    private(set) var source: Int32
    private let target: Int32
    /// Whether the target can make a writer wait: a pipe, a socket, a terminal.
    private let targetBlocks: Bool
    private var buffer: [UInt8]
    private var pending: Range<Int> = 0..<0
    private var targetIsGone = false
    private(set) var count: Int64 = 0

    init(source: consuming Descriptor, target: Int32) throws(KernelError) {
        targetBlocks = !(try fileFacts(target, "an output stream").isRegular)
        let flags = O_NONBLOCK | O_RDONLY
        try check(
            cl_fcntl(source.number, F_SETFL, Int(flags)), "make non-blocking", "a pipe")
        self.source = source.release()
        self.target = target
        buffer = [UInt8](repeating: 0, count: 1 << 16)
    }

    deinit {
        if source >= 0 { _ = cl_close(source) }
    }

    var isDone: Bool { source < 0 && pending.isEmpty }

    /// What to wait for next; nil when there is nothing more.
    var interest: pollfd? {
        if !pending.isEmpty { return pollfd(fd: target, events: Int16(POLLOUT), revents: 0) }
        return source < 0 ? nil : pollfd(fd: source, events: Int16(POLLIN), revents: 0)
    }

    /// Moves what can be moved without waiting; `allowed` bytes may still go to the target.
    func move(allowed: Int64) throws(KernelError) {
        if !pending.isEmpty { return flush() }
        guard source >= 0 else { return }
        let result = retrying {
            let count = read(source, &buffer, buffer.count)
            return count < 0 ? -Int(errno) : count
        }
        if result == -Int(EAGAIN) { return }
        if try check(result, "read", "the program's output") == 0 {
            _ = cl_close(source)
            source = -1
            return
        }
        count += Int64(result)
        pending = targetIsGone ? 0..<0 : 0..<min(result, Int(max(0, allowed)))
        if !targetBlocks { while !pending.isEmpty { flush() } }
    }

    private func flush() {
        // A pipe that is ready takes this much without waiting.
        let size = targetBlocks ? min(pending.count, 4096) : pending.count
        let result = retrying {
            buffer.withUnsafeBytes { bytes in
                let start = bytes.baseAddress?.advanced(by: pending.lowerBound)
                let count = write(target, start, size)
                return count < 0 ? -Int(errno) : count
            }
        }
        if result < 0 {
            // Nobody reads any more, or the target is full: the program goes on, unheard.
            guard result != -Int(EAGAIN) else { return }
            targetIsGone = true
            pending = 0..<0
        } else {
            pending = pending.lowerBound + result..<pending.upperBound
        }
    }
}

/// The limit on both streams together.
struct OutputLimit {
    let limit: ByteCount

    func isBreached(_ streams: [OutputStream]) -> Bool {
        streams.reduce(0) { $0 + $1.count } > limit.bytes
    }

    func reason() -> String { "wrote more than \(limit) of output" }
}
