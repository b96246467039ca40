import Glibc
import Linux

/// One direction between a program and the interactor: a pipe that is read here, a pipe that is
/// written here, and what has been read and not yet written.
final class ConversationLink {
    /// What reading or writing came to.
    enum Step { case nothing, moved, ended }

    let program: Int
    let isFromInteractor: Bool
    /// -1 after the end of what comes.
    private(set) var source: Int32
    /// -1 when nothing more can be delivered.
    private(set) var target: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var pending: Range<Int> = 0..<0

    /// Owns both ends, which must not block.
    init(program: Int, isFromInteractor: Bool, source: Int32, target: Int32) {
        self.program = program
        self.isFromInteractor = isFromInteractor
        self.source = source
        self.target = target
    }

    deinit {
        closeTarget()
        if source >= 0 { _ = Glibc.close(source) }
    }

    /// Whether everything that came has been delivered, and only the end of it has not.
    var owesEnd: Bool { source < 0 && pending.isEmpty && target >= 0 }

    /// Whether nothing more comes and nothing is under way.
    var isSilent: Bool { source < 0 && pending.isEmpty }

    /// What to wait for next; nil when there is nothing more.
    var interest: Interest? {
        if !pending.isEmpty { return Interest(target, POLLOUT) }
        return source < 0 ? nil : Interest(source, POLLIN)
    }

    /// Whether the reader itself has closed its end.
    var hasNoReader: Bool {
        var end = pollfd(fd: target, events: 0, revents: 0)
        return poll(&end, 1, 0) > 0 && end.revents & Int16(POLLERR) != 0
    }

    /// Moves what can be moved without waiting.
    ///
    /// - Parameter seen: called with what has come.
    /// - Throws: when a pipe fails otherwise than by its end.
    func move(_ seen: (UnsafeRawBufferPointer) -> Void) throws(KernelError) -> Step {
        if !pending.isEmpty { return try flush() ? .moved : .nothing }
        guard source >= 0 else { return .nothing }
        let result = retrying {
            let count = read(source, &buffer, buffer.count)
            return count < 0 ? -Int(errno) : count
        }
        if result == -Int(EAGAIN) { return .nothing }
        let count = try check(result, "read", "a conversation")
        guard count > 0 else {
            _ = Glibc.close(source)
            source = -1
            return .ended
        }
        buffer.withUnsafeBytes { seen(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        // What nobody reads any more is read here all the same: its writer must not be held up.
        pending = target < 0 ? 0..<0 : 0..<count
        _ = try flush()
        return .moved
    }

    /// Tells the reader that nothing more comes.
    func closeTarget() {
        if target >= 0 { _ = Glibc.close(target) }
        target = -1
        pending = 0..<0
    }

    /// - Returns: whether something was written.
    private func flush() throws(KernelError) -> Bool {
        guard !pending.isEmpty else { return false }
        let result = retrying {
            buffer.withUnsafeBytes { bytes in
                let start = bytes.baseAddress?.advanced(by: pending.lowerBound)
                let count = write(target, start, pending.count)
                return count < 0 ? -Int(errno) : count
            }
        }
        if result == -Int(EAGAIN) { return false }
        guard result != -Int(EPIPE) else {
            closeTarget()
            return true
        }
        let count = try check(result, "write", "a conversation")
        pending = pending.lowerBound + count..<pending.upperBound
        return true
    }
}
