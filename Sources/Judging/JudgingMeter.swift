package import Sandboxing
package import Units

/// Is told how long the parts of judgings take and what was said in them. Calls return at once and come from several tasks.
package protocol JudgingMeter: Sendable {
    /// A submission was compiled, or found not to compile.
    func compiled(took: Duration)
    /// A submission was run on a test.
    ///
    /// - Parameters:
    ///   - setup: from the request to the start of the program.
    ///   - oomKills: processes that the kernel killed for memory.
    ///   - took: set-up and wall time.
    func ran(setup: Duration, oomKills: Int, took: Duration)
    /// A checker was asked about an output.
    func checked(took: Duration)
    /// A conversation of a test is over.
    func talked(_ record: ConversationRecord)
    /// How much of each conversation it wants to be told; nil: what is kept of transcripts.
    var recordKept: ByteCount? { get }
}

extension JudgingMeter {
    package func talked(_ record: ConversationRecord) {}

    package var recordKept: ByteCount? { nil }
}

/// Does `work` and tells how long it took, also when it throws.
func metered<Value>(
    _ tell: ((Duration) -> Void)?, _ work: () async throws(JudgingError) -> Value
) async throws(JudgingError) -> Value {
    guard let tell else { return try await work() }
    let start = ContinuousClock.now
    defer { tell(start.duration(to: .now)) }
    return try await work()
}
