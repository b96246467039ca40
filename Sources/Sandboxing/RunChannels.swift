import Glibc
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
