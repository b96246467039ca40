package import JudgeCore
package import Units

/// What is kept of the outputs of judged submissions, and how it is taken away again.
package protocol OutputStore: Sendable {
    /// What is kept of the judgement of a submission that counts, in the order of its tests; not the bytes.
    ///
    /// - Throws: `noSuchSubmission`.
    func keptOutputs(of submission: Int64) async throws(StoreError) -> [StoredOutput]

    /// One of them; nil when it is not kept, or not any more.
    ///
    /// - Throws: `noSuchSubmission`; `corrupt` when what is stored is not what was kept.
    func keptOutput(
        of submission: Int64, test: String, stream: KeptOutput.Stream
    ) async throws(StoreError) -> KeptOutput?

    /// What `prune` would take away now.
    func prunable(olderThan age: Duration) async throws(StoreError) -> PrunedOutputs

    /// Takes away the outputs, transcripts and messages of compilers and checkers of judgements that
    /// were made longer ago than `age`. Verdicts and reasons stay.
    ///
    /// In steps, between which others can write. Cancellation ends it after a step.
    func prune(olderThan age: Duration) async throws(StoreError) -> PrunedOutputs
}

/// A kept output without its bytes.
package struct StoredOutput: Sendable, Equatable {
    package var test: String
    package var stream: KeptOutput.Stream
    /// All that was written within the output limit.
    package var size: ByteCount
    package var kept: ByteCount
    /// What it takes in the database.
    package var stored: ByteCount

    package init(
        test: String, stream: KeptOutput.Stream, size: ByteCount, kept: ByteCount,
        stored: ByteCount
    ) {
        self.test = test
        self.stream = stream
        self.size = size
        self.kept = kept
        self.stored = stored
    }
}

/// What was, or would be, taken away.
package struct PrunedOutputs: Sendable, Equatable {
    /// Outputs, transcripts and compiler messages.
    package var outputs: Int
    /// Tests of which a checker had said something.
    package var messages: Int
    /// Of how many judgements.
    package var judgements: Int
    /// What the outputs take in the database.
    package var stored: ByteCount

    package init(
        outputs: Int = 0, messages: Int = 0, judgements: Int = 0, stored: ByteCount = .zero
    ) {
        self.outputs = outputs
        self.messages = messages
        self.judgements = judgements
        self.stored = stored
    }
}
