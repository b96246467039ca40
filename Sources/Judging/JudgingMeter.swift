/// Is told how long the parts of judgings take. Calls return at once and come from several tasks.
package protocol JudgingMeter: Sendable {
    /// A submission was compiled, or found not to compile.
    func compiled(took: Duration)
    /// A submission was run on a test.
    ///
    /// - Parameters:
    ///   - setup: from the request to the start of the program.
    ///   - oomKills: processes that the kernel killed for memory.
    ///   - took: all of it.
    func ran(setup: Duration, oomKills: Int, took: Duration)
    /// A checker was asked about an output.
    func checked(took: Duration)
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
