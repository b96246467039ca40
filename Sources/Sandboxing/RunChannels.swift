import Glibc
import Linux
import Synchronization

/// Open descriptors that one run gets as 3, 4, …: given away by whoever opened them, and closed here as
/// soon as the run has them or will never have them.
package final class RunChannels: Sendable {
    private let open: Mutex<[Int32]>

    package init(_ numbers: [Int32]) {
        open = Mutex(numbers)
    }

    deinit {
        close()
    }

    var numbers: [Int32] { open.withLock { $0 } }

    package func close() {
        open.withLock { numbers in
            for number in numbers { _ = Glibc.close(number) }
            numbers = []
        }
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
