import CLinux
import Glibc
import Linux
import Units

/// One output stream of the program: a pipe whose other end the supervisor empties into a target.
///
/// Set: by counting. Breach: more bytes than allowed came out of both streams together. What is
/// beyond the limit is counted and thrown away, so that neither memory nor disk fills. The target is
/// let go of when the stream has ended, so that whoever reads a pipe there learns of it at once.
final class OutputStream {
    /// The end that is read here; -1 after the end of the stream.
    private(set) var source: Int32
    /// -1 once everything is in it.
    private var target: Int32
    /// Whether the target can make a writer wait: a pipe, a socket, a terminal.
    let targetBlocks: Bool
    private let buffer: StreamBuffer
    private var pending: Range<Int> = 0..<0
    private var targetIsGone = false
    private(set) var count: Int64 = 0
    /// Whether nobody is left who could write: the stream has then ended when it is empty.
    private var isClosing = false
    /// The last bytes that came, at most `tailSize`.
    private(set) var tail: [UInt8] = []
    private let tailSize: Int

    /// - Parameters:
    ///   - buffer: that no other stream has meanwhile.
    ///   - tailSize: how much of the end to keep for `tail`.
    init(
        source: consuming Descriptor, target: consuming Descriptor, buffer: StreamBuffer,
        tailSize: Int = 0
    ) throws(KernelError) {
        self.tailSize = tailSize
        self.buffer = buffer
        targetBlocks = !(try fileFacts(target.number, "an output stream").isRegular)
        let flags = O_NONBLOCK | O_RDONLY
        try check(
            cl_fcntl(source.number, F_SETFL, Int(flags)), "make non-blocking", "a pipe")
        self.source = source.release()
        self.target = target.release()
    }

    deinit {
        if source >= 0 { _ = cl_close(source) }
        closeTarget()
    }

    private func closeTarget() {
        if target >= 0 { _ = cl_close(target) }
        target = -1
    }

    var isDone: Bool { source < 0 && pending.isEmpty }

    /// For when the program's processes are gone. The end of the stream does not tell that: a writing
    /// end that was sent through a socket and never taken out stays open in the kernel.
    func expectNoMore() { isClosing = true }

    /// Whether there is something to do that need not be waited for.
    var canEnd: Bool { isClosing && source >= 0 && pending.isEmpty }

    /// What to wait for next; nil when there is nothing more.
    var interest: pollfd? {
        if !pending.isEmpty { return pollfd(fd: target, events: Int16(POLLOUT), revents: 0) }
        return source < 0 ? nil : pollfd(fd: source, events: Int16(POLLIN), revents: 0)
    }

    /// Moves what can be moved without waiting; `allowed` bytes may still go to the target.
    func move(allowed: Int64) throws(KernelError) {
        defer { if isDone { closeTarget() } }
        if !pending.isEmpty { return try flush() }
        guard source >= 0 else { return }
        let result = retrying {
            let count = read(source, &buffer.bytes, buffer.bytes.count)
            return count < 0 ? -Int(errno) : count
        }
        if result == -Int(EAGAIN) {
            if isClosing { end() }
            return
        }
        if try check(result, "read", "the program's output") == 0 { return end() }
        count += Int64(result)
        if tailSize > 0 { keepTail(of: result) }
        pending = targetIsGone ? 0..<0 : 0..<min(result, Int(max(0, allowed)))
        if !targetBlocks { while !pending.isEmpty { try flush() } }
    }

    private func end() {
        _ = cl_close(source)
        source = -1
    }

    private func keepTail(of size: Int) {
        tail.append(contentsOf: buffer.bytes[max(0, size - tailSize)..<size])
        tail.removeFirst(max(0, tail.count - tailSize))
    }

    /// Whether the target takes something now, an error included; asked right before each writing,
    /// because the other stream may share the target and have filled it.
    private var targetIsReady: Bool {
        var interest = pollfd(fd: target, events: Int16(POLLOUT), revents: 0)
        return retrying { cl_poll(&interest, 1, 0) } > 0
    }

    /// - Throws: when the target does not take what it should; output is never lost in silence.
    private func flush() throws(KernelError) {
        guard !targetBlocks || targetIsReady else { return }
        // A pipe that is ready takes this much without waiting.
        let size = targetBlocks ? min(pending.count, 4096) : pending.count
        let result = retrying {
            buffer.bytes.withUnsafeBytes { bytes in
                let start = bytes.baseAddress?.advanced(by: pending.lowerBound)
                let count = write(target, start, size)
                return count < 0 ? -Int(errno) : count
            }
        }
        if result == -Int(EAGAIN) { return }
        if targetBlocks, [EPIPE, ECONNRESET, EIO].contains(Int32(-min(0, result))) {
            // Nobody reads any more: the program goes on, unheard.
            targetIsGone = true
            pending = 0..<0
            return
        }
        let count = try check(result, "write", "the program's output")
        pending = pending.lowerBound + count..<pending.upperBound
    }
}

/// Room for what one stream moves, kept from run to run.
final class StreamBuffer {
    fileprivate var bytes = [UInt8](repeating: 0, count: 1 << 16)
}

/// The limit on both streams together.
struct OutputLimit {
    let limit: ByteCount

    func isBreached(_ streams: [OutputStream]) -> Bool {
        streams.reduce(0) { $0 + $1.count } > limit.bytes
    }

    func reason() -> String { "wrote more than \(limit) of output" }
}
