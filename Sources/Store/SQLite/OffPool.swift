import Dispatch
import Units

/// Runs blocking work on a thread of its own kind, so that no thread of the cooperative pool waits.
func offPool<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
}

extension Duration {
    /// Rounded up, so that a positive time never becomes zero.
    var wholeMilliseconds: Int64 { (wholeMicroseconds + 999) / 1_000 }
}
