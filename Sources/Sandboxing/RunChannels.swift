import Glibc
import Linux
import Synchronization

/// Open descriptors that one run gets as 3, 4, …: given away by whoever opened them, and closed here as
/// soon as the run has them or will never have them.
package final class RunChannels: Sendable {
    private struct State {
        var numbers: [Int32]
        var closed: (@Sendable () -> Void)?
    }

    private let open: Mutex<State>

    /// - Parameter closed: called once, when the run has them or will never have them: it has begun then, or
    ///   never will.
    package init(_ numbers: [Int32], closed: (@Sendable () -> Void)? = nil) {
        open = Mutex(State(numbers: numbers, closed: closed))
    }

    deinit {
        close()
    }

    var numbers: [Int32] { open.withLock(\.numbers) }

    /// Whether somebody is told when it has begun, since it may have to wait for that.
    var isAwaited: Bool { open.withLock { $0.closed != nil } }

    package func close() {
        let closed = open.withLock { state in
            for number in state.numbers { _ = Glibc.close(number) }
            state.numbers = []
            defer { state.closed = nil }
            return state.closed
        }
        closed?()
    }
}

extension RunInput {
    var pipe: RunChannels? { if case .pipe(let end) = self { end } else { nil } }
}

extension RunOutput {
    var pipe: RunChannels? { if case .pipe(let end) = self { end } else { nil } }
}

/// What stands for one standard stream of a run until the run has it; what it captures, longer.
final class SentStream {
    private(set) var number: Int32
    private let isCaptured: Bool

    init(_ input: RunInput) throws(KernelError) {
        isCaptured = false
        number = try MemoryFile.input(input).release()
    }

    init(_ output: RunOutput) throws(KernelError) {
        if case .captured = output { isCaptured = true } else { isCaptured = false }
        number = try MemoryFile.output(output).release()
    }

    deinit {
        if number >= 0 { _ = Glibc.close(number) }
    }

    /// For when the run has it.
    func close() {
        guard !isCaptured, number >= 0 else { return }
        _ = Glibc.close(number)
        number = -1
    }
}

/// The streams of one run, as asked for. Of one that waits for its turn those are made at once which can be had
/// without waiting for somebody or longer than answers are read.
struct RunStreams {
    let input: RunInput
    let stdout: RunOutput
    let stderr: RunOutput
    let channels: RunChannels
    private var early: (input: SentStream?, output: SentStream?, errors: SentStream?)

    /// Longer inputs are copied by the slot's own thread, which may wait.
    private static let inputAtMost: Int64 = 64 << 10

    /// What fails here is left to the run, which says why.
    init(
        _ input: RunInput, _ stdout: RunOutput, _ stderr: RunOutput, _ channels: RunChannels
    ) {
        (self.input, self.stdout, self.stderr, self.channels) = (input, stdout, stderr, channels)
        guard channels.isAwaited else { return }
        early = (
            try? Self.short(input), try? Self.captured(stdout), try? Self.captured(stderr)
        )
    }

    /// Standard input, output and error; those that were not made early are made now.
    func all() throws(KernelError) -> [SentStream] {
        let sentInput = if let made = early.input { made } else { try SentStream(input) }
        let output = if let made = early.output { made } else { try SentStream(stdout) }
        let errors = if let made = early.errors { made } else { try SentStream(stderr) }
        return [sentInput, output, errors]
    }

    /// Closes what was given away for the run, once it has it or will never have it.
    func closeEnds() {
        channels.close()
        for end in [input.pipe, stdout.pipe, stderr.pipe] { end?.close() }
    }

    private static func short(_ input: RunInput) throws(KernelError) -> SentStream? {
        switch input {
        case .empty: return try SentStream(input)
        case .file(let path):
            guard MemoryFile.isFile(path, atMost: inputAtMost) else { return nil }
            return try SentStream(input)
        case .bytes, .pipe, .descriptor: return nil
        }
    }

    private static func captured(_ output: RunOutput) throws(KernelError) -> SentStream? {
        guard case .captured = output else { return nil }
        return try SentStream(output)
    }
}
