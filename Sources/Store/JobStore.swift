package import JudgeCore

/// What is remembered: problems, submissions, the queue of jobs, and what judging them said.
///
/// A job is `queued`, `running` under a lease, then `done`, `dead` or `cancelled`. Whoever claims a job holds its
/// lease until it expires; every later write carries the lease's token and changes no row when the
/// token is no longer the job's. The database's clock decides when a lease has expired, so that the
/// clocks of several workers need not agree. `docs/lifecycle.md` draws the transitions.
///
/// Every call is one transaction. All of them may be made from any task, and none blocks its thread.
package protocol JobStore: Sendable {
    // MARK: Submitting

    /// Stores a submission, its files and a queued job; on disk when the call returns.
    ///
    /// - Returns: the id of the submission, higher than every earlier one.
    /// - Throws: `noSuchProblem` unless the problem is installed.
    func submit(_ submission: NewSubmission) async throws(StoreError) -> Int64

    /// Takes submissions off that wait or run; on disk when the call returns.
    ///
    /// Their jobs are `cancelled` with a judgement CS. A worker that judges one has lost its lease,
    /// and is told as by every change. What is settled already stays as it is.
    ///
    /// - Returns: one answer for each id, in their order.
    /// - Throws: `noSuchSubmission`, and then none is cancelled.
    func cancel(_ ids: [Int64]) async throws(StoreError) -> [Cancellation]

    // MARK: Reading

    /// The submission with its files, byte for byte.
    ///
    /// - Throws: `noSuchSubmission`.
    func submission(_ id: Int64) async throws(StoreError) -> Submission

    /// What is known of a submission now, with compiler output and tests of its newest judgement.
    ///
    /// - Throws: `noSuchSubmission`.
    func record(of id: Int64) async throws(StoreError) -> SubmissionRecord

    /// Submissions that pass the filter, newest first, with their places in the queue; their
    /// judgements come without compile result and tests.
    func list(_ filter: SubmissionFilter) async throws(StoreError) -> [SubmissionRecord]

    /// The tests that running jobs of these submissions are done with, in the order they were judged.
    ///
    /// They are of attempts that may still come to nothing: only a judgement has results.
    func runningTests(
        of submissions: [Int64]
    ) async throws(StoreError) -> [Int64: [TestResult]]

    /// How many jobs wait and run now.
    func queueLength() async throws(StoreError) -> QueueLength

    /// Yields once at once, and again whenever anybody, in any process, may have changed the store;
    /// several changes may come as one.
    ///
    /// Subscribe first, then read at every element: no change is missed. Ending the iteration
    /// releases the subscription.
    func changes() throws(StoreError) -> AsyncStream<Void>

    // MARK: Judging

    /// Remembers what a worker found of its machine before it judged, on disk when the call returns.
    ///
    /// Of those that failed `NewHostCheck.failedAtMost` are kept; then one takes the place of an older.
    ///
    /// - Returns: the id by which claims name it.
    func addHostCheck(_ check: NewHostCheck) async throws(StoreError) -> Int64

    /// How many turns each class of the queue has from now on, for all workers.
    func setQueueWeights(_ weights: QueueWeights) async throws(StoreError)

    /// Takes the job whose turn it is.
    ///
    /// Classes take turns by their weights, the more urgent one first; within a class users take
    /// turns, each with the oldest of theirs. Who has submitted nothing that waits is next after what
    /// runs. Submissions without user are together as one user, and so is each rejudging.
    ///
    /// The attempt is counted. A job whose lease ran out in its last attempt is `dead` instead, with
    /// a judgement JE that says so.
    ///
    /// - Parameter hostCheck: what the worker found of its machine (`addHostCheck`); it is tied to
    ///   the judgement that comes of this claim.
    /// - Returns: nil when there is nothing to do.
    func claim(
        worker: String, leaseDuration: Duration, hostCheck: Int64?
    ) async throws(StoreError) -> Claim?

    /// Whether a claim would find something to do; two looks into an index, and no lock.
    func isWorkWaiting() async throws(StoreError) -> Bool

    /// Sets the expiry to `leaseDuration` from now.
    ///
    /// - Returns: the lease with its new expiry, or nil when it is lost; then stop at once.
    func renew(_ lease: Lease, for leaseDuration: Duration) async throws(StoreError) -> Lease?

    /// Says how many of the tests are judged, and what came of those that are new, for those who
    /// wait. None of it is a result; it goes when the attempt ends.
    func progress(
        _ lease: Lease, _ progress: JudgingProgress, tests: [TestResult]
    ) async throws(StoreError) -> LeaseAnswer

    /// Writes the judgement with its tests and ends the job.
    ///
    /// Texts are cut at the sizes of `StoredSize`.
    func finish(_ lease: Lease, with judgement: Judgement) async throws(StoreError) -> LeaseAnswer

    /// Ends the attempt without judgement, for a reason that is the judge's or the machine's: the
    /// job is queued again, or `dead` after its last attempt.
    ///
    /// - Parameter cause: one sentence, kept with the attempt.
    func fail(_ lease: Lease, cause: String) async throws(StoreError) -> LeaseAnswer

    /// Writes what judging again came to, beside the judgement; a difference holds the worker back.
    func addRepetition(_ repetition: NewRepetition) async throws(StoreError)

    /// Whether a worker is held back from new work, until a person releases it.
    func isHeld(_ worker: String) async throws(StoreError) -> Bool

    /// Queues the job again as if it had not been claimed: the attempt is not counted.
    func giveBack(_ lease: Lease) async throws(StoreError) -> LeaseAnswer

    /// Those of the leases whose jobs have been taken away: judged by another, or cancelled.
    func lostLeases(among leases: [Lease]) async throws(StoreError) -> [Lease]

    /// Time until the earliest lease expires, zero when one has; nil when no job runs.
    func timeToNextExpiry() async throws(StoreError) -> Duration?

    // MARK: Judging again

    /// Queues settled submissions once more, as a set with a name; on disk when the call returns.
    ///
    /// They are judged by the newest installed version of their problems, in a class of the queue below
    /// `low`. Old judgements stay; a new one counts as soon as it is made, or when the set is
    /// applied. Asking again for a set of that name, or without name for one that is not over, does
    /// nothing. What waits or runs anyway and what has no problem any more is left out, and
    /// what was cancelled unless it is asked for by id or verdict.
    ///
    /// - Throws: `noSuchSubmission`, `noSuchProblem` for what is named by id; `rejudgingExists`,
    ///   `tooManySubmissions`.
    func rejudge(_ new: NewRejudging) async throws(StoreError) -> RejudgingAnswer

    /// What a set of the selection would hold now; nothing is changed.
    ///
    /// - Throws: as `rejudge`.
    func rejudgingPreview(
        of selection: RejudgingSelection
    ) async throws(StoreError) -> [RejudgedSubmission]

    /// All sets, newest first.
    func rejudgings() async throws(StoreError) -> [Rejudging]

    /// A set with its submissions; nil when there is none of that name.
    func rejudging(
        _ name: String
    ) async throws(StoreError) -> (set: Rejudging, submissions: [RejudgedSubmission])?

    /// Lets the judgements of a set count that are not followed by newer ones which do; doing so
    /// again changes nothing.
    ///
    /// - Throws: `noSuchRejudging`; `rejudgingUnfinished` while some wait.
    func applyRejudging(_ name: String) async throws(StoreError) -> Rejudging

    /// Lets what counted before the set count again, and takes off what of it still waits or runs;
    /// doing so again changes nothing.
    ///
    /// - Throws: `noSuchRejudging`.
    func undoRejudging(_ name: String) async throws(StoreError) -> Rejudging

    // MARK: Problems

    /// Installs a version of a problem; the newest one is what is judged from now on.
    ///
    /// Submissions that came before keep the version they came for.
    func addProblem(_ problem: NewProblem) async throws(StoreError) -> InstalledProblem

    /// The installed problems by id.
    func problems() async throws(StoreError) -> [InstalledProblem]

    /// The newest version of a problem.
    ///
    /// - Throws: `noSuchProblem`.
    func problem(_ id: String) async throws(StoreError) -> InstalledProblem

    /// Takes a problem off: nothing can be submitted to it any more. What was submitted stays and
    /// keeps its version.
    ///
    /// - Returns: versions that no submission needs; nothing refers to their directories any more.
    /// - Throws: `noSuchProblem`.
    func removeProblem(_ id: String) async throws(StoreError) -> [InstalledProblem]

    // MARK: The end

    /// Closes the store; every later call throws.
    func close() async throws(StoreError)
}

extension JobStore {
    /// Says how many of the tests are judged, and nothing of any one.
    package func progress(
        _ lease: Lease, _ progress: JudgingProgress
    ) async throws(StoreError) -> LeaseAnswer {
        try await self.progress(lease, progress, tests: [])
    }

    /// A claim by somebody who has looked at no machine, as tools and tests.
    package func claim(
        worker: String, leaseDuration: Duration
    ) async throws(StoreError) -> Claim? {
        try await claim(worker: worker, leaseDuration: leaseDuration, hostCheck: nil)
    }
}
