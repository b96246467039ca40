import JudgeCore
import Store
import Synchronization

/// A store of which some calls fail as the test says; the others are those of a real one.
struct FaultyStore: JobStore {
    enum Call: Sendable, Equatable { case queueLength, giveBack, finish, isWorkWaiting }

    private let base: any JobStore
    private let fault: @Sendable (Call) -> StoreError?

    /// - Parameter fault: what a call throws; nil lets it through.
    init(_ base: any JobStore, _ fault: @escaping @Sendable (Call) -> StoreError?) {
        self.base = base
        self.fault = fault
    }

    /// Fails the first so many of one kind of call.
    init(_ base: any JobStore, first count: Int, of call: Call, with error: StoreError) {
        let left = Counter(count)
        self.init(base) { $0 == call && left.takeOne() ? error : nil }
    }

    private func fail(_ call: Call) throws(StoreError) {
        if let error = fault(call) { throw error }
    }

    func queueLength() async throws(StoreError) -> QueueLength {
        try fail(.queueLength)
        return try await base.queueLength()
    }

    func giveBack(_ lease: Lease) async throws(StoreError) -> LeaseAnswer {
        try fail(.giveBack)
        return try await base.giveBack(lease)
    }

    func finish(_ lease: Lease, with judgement: Judgement) async throws(StoreError) -> LeaseAnswer {
        try fail(.finish)
        return try await base.finish(lease, with: judgement)
    }

    // MARK: - As they are

    func submit(_ submission: NewSubmission) async throws(StoreError) -> Int64 {
        try await base.submit(submission)
    }

    func cancel(_ ids: [Int64]) async throws(StoreError) -> [Cancellation] {
        try await base.cancel(ids)
    }

    func submission(_ id: Int64) async throws(StoreError) -> Submission {
        try await base.submission(id)
    }

    func record(of id: Int64) async throws(StoreError) -> SubmissionRecord {
        try await base.record(of: id)
    }

    func list(_ filter: SubmissionFilter) async throws(StoreError) -> [SubmissionRecord] {
        try await base.list(filter)
    }

    func runningTests(
        of submissions: [Int64]
    ) async throws(StoreError) -> [Int64: [TestResult]] {
        try await base.runningTests(of: submissions)
    }

    func changes() throws(StoreError) -> AsyncStream<Void> { try base.changes() }

    func addHostCheck(_ check: NewHostCheck) async throws(StoreError) -> Int64 {
        try await base.addHostCheck(check)
    }

    func setQueueWeights(_ weights: QueueWeights) async throws(StoreError) {
        try await base.setQueueWeights(weights)
    }

    func claim(
        worker: String, leaseDuration: Duration, hostCheck: Int64?
    ) async throws(StoreError) -> Claim? {
        try await base.claim(worker: worker, leaseDuration: leaseDuration, hostCheck: hostCheck)
    }

    func isWorkWaiting() async throws(StoreError) -> Bool {
        try fail(.isWorkWaiting)
        return try await base.isWorkWaiting()
    }

    func renew(_ lease: Lease, for leaseDuration: Duration) async throws(StoreError) -> Lease? {
        try await base.renew(lease, for: leaseDuration)
    }

    func progress(
        _ lease: Lease, _ progress: JudgingProgress, tests: [TestResult]
    ) async throws(StoreError) -> LeaseAnswer {
        try await base.progress(lease, progress, tests: tests)
    }

    func fail(_ lease: Lease, cause: String) async throws(StoreError) -> LeaseAnswer {
        try await base.fail(lease, cause: cause)
    }

    func addRepetition(_ repetition: NewRepetition) async throws(StoreError) {
        try await base.addRepetition(repetition)
    }

    func isHeld(_ worker: String) async throws(StoreError) -> Bool {
        try await base.isHeld(worker)
    }

    func lostLeases(among leases: [Lease]) async throws(StoreError) -> [Lease] {
        try await base.lostLeases(among: leases)
    }

    func timeToNextExpiry() async throws(StoreError) -> Duration? {
        try await base.timeToNextExpiry()
    }

    func rejudge(_ new: NewRejudging) async throws(StoreError) -> RejudgingAnswer {
        try await base.rejudge(new)
    }

    func rejudgingPreview(
        of selection: RejudgingSelection
    ) async throws(StoreError) -> [RejudgedSubmission] {
        try await base.rejudgingPreview(of: selection)
    }

    func rejudgings() async throws(StoreError) -> [Rejudging] { try await base.rejudgings() }

    func rejudging(
        _ name: String
    ) async throws(StoreError) -> (set: Rejudging, submissions: [RejudgedSubmission])? {
        try await base.rejudging(name)
    }

    func applyRejudging(_ name: String) async throws(StoreError) -> Rejudging {
        try await base.applyRejudging(name)
    }

    func undoRejudging(_ name: String) async throws(StoreError) -> Rejudging {
        try await base.undoRejudging(name)
    }

    func addProblem(_ problem: NewProblem) async throws(StoreError) -> InstalledProblem {
        try await base.addProblem(problem)
    }

    func problems() async throws(StoreError) -> [InstalledProblem] { try await base.problems() }

    func problem(_ id: String) async throws(StoreError) -> InstalledProblem {
        try await base.problem(id)
    }

    func removeProblem(_ id: String) async throws(StoreError) -> [InstalledProblem] {
        try await base.removeProblem(id)
    }

    func close() async throws(StoreError) { try await base.close() }
}

private final class Counter: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) {
        left = Mutex(count)
    }

    /// False when none is left.
    func takeOne() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
