import Foundation
import JudgeCore
import Logging
import Store
import Synchronization
import Units
import Worker

/// A clock that moves only when it is told to, and that tells who sleeps on it.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: (until: Instant, wake: CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
        var next = 0
    }

    private let state = Mutex(State())
    /// The lengths of sleeps, as they begin.
    let sleeps: AsyncStream<Duration>
    private let announce: AsyncStream<Duration>.Continuation

    init() {
        (sleeps, announce) = AsyncStream.makeStream(of: Duration.self)
    }

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let over: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers[id] = (deadline, continuation)
                    return nil
                }
                if let over { continuation.resume(with: over) }
                announce.yield(now.duration(to: deadline))
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                guard let sleeper = state.sleepers.removeValue(forKey: id) else {
                    state.cancelled.insert(id)
                    return CheckedContinuation<Void, any Error>?.none
                }
                return sleeper.wake
            }
            sleeper?.resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.wake)
        }
        for sleeper in woken { sleeper.resume() }
    }
}

/// What the fake judge was asked, and how it ended.
enum JudgeEvent: Sendable, Equatable {
    case began(submission: Int64, slot: Int)
    case cancelled(submission: Int64)
}

/// A judge that does as the test says and tells what happens to it.
struct FakeJudge: SubmissionJudge {
    enum Behaviour: Sendable {
        case answers(Verdict)
        /// Each slot has its own.
        case answersBySlot([Verdict])
        /// Accepts when the gate yields.
        case waits(gate: AsyncStream<Void>)
        /// Runs until it is cancelled.
        case hangs
        case fails(String)
        /// Accepts in slot 0, and fails in others.
        case failsAgain(Verdict)
        /// Tells progress, then hangs.
        case reports(Int, Int)
        /// Goes on when it is cancelled, until the gate yields.
        case ignoresCancellation(gate: AsyncStream<Void>)
        /// The same, and accepts then.
        case finishesAnyway(gate: AsyncStream<Void>)
        /// Does as it is told with the slots that it may borrow.
        case borrows(@Sendable (Loans?) async throws -> Judgement)
        /// Does as it is told, then hangs.
        case cancels(@Sendable () async throws -> Void)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let events: AsyncStream<JudgeEvent>
    private let tell: AsyncStream<JudgeEvent>.Continuation
    private let behaviour: @Sendable (Submission) -> Behaviour

    var anew: any SubmissionJudge { self }

    init(_ behaviour: @escaping @Sendable (Submission) -> Behaviour) {
        self.behaviour = behaviour
        (events, tell) = AsyncStream.makeStream(of: JudgeEvent.self)
    }

    func judge(
        _ submission: Submission, problem: InstalledProblem, slot: Int, loans: Loans?,
        progress: @escaping @Sendable (Int, Int) -> Void,
        judged: @escaping @Sendable (TestResult) -> Void
    ) async throws -> Judgement {
        tell.yield(.began(submission: submission.id, slot: slot))
        switch behaviour(submission) {
        case .answers(let verdict):
            return Judgement(
                verdict: verdict,
                reason: verdict == .accepted ? nil : Reason(.wrongOutput, "token 1 differs"))
        case .answersBySlot(let verdicts):
            return Judgement(
                verdict: verdicts[slot], reason: nil,
                tests: [TestResult(name: "secret/1", group: "secret", verdict: verdicts[slot])])
        case .waits(let gate):
            for await _ in gate { return Judgement(verdict: .accepted, reason: nil) }
            try await untilCancelled(submission)
        case .ignoresCancellation(let gate):
            // A task of its own does not hear of the cancellation.
            await Task { for await _ in gate { return } }.value
            throw Failure(description: "let go")
        case .finishesAnyway(let gate):
            await Task { for await _ in gate { return } }.value
            return Judgement(verdict: .accepted, reason: nil)
        case .failsAgain(let verdict):
            guard slot == 0 else { throw Failure(description: "the machine broke") }
            return Judgement(verdict: verdict, reason: nil)
        case .fails(let cause): throw Failure(description: cause)
        case .reports(let done, let total):
            for number in 0..<done {
                judged(TestResult(name: "secret/\(number)", group: "secret", verdict: .accepted))
            }
            progress(done, total)
            try await untilCancelled(submission)
        case .borrows(let body): return try await body(loans)
        case .cancels(let cancel):
            try await cancel()
            try await untilCancelled(submission)
        case .hangs: try await untilCancelled(submission)
        }
    }

    private func untilCancelled(_ submission: Submission) async throws -> Never {
        let forever = AsyncStream<Never> { _ in }
        for await _ in forever {}
        tell.yield(.cancelled(submission: submission.id))
        throw Failure(description: "the run was stopped")
    }
}

/// The database's clock, standing still until it is told to move.
final class DatabaseTime: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_600_000_000)

    func advance(by duration: Duration) {
        milliseconds.withLock { $0 += duration.wholeMicroseconds / 1_000 }
    }

    var clock: DatabaseClock {
        .manual { Instant(millisecondsSince1970: self.milliseconds.withLock { $0 }) }
    }
}

/// A database in a directory of its own with one problem, and a worker's way to it.
final class Fixture: Sendable {
    let directory: String
    let store: SQLiteStore
    let time = DatabaseTime()
    let clock = ManualClock()

    init() async throws {
        directory = NSTemporaryDirectory() + "judge-worker-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        store = try await SQLiteStore.open(
            path: "\(directory)/judge.db", access: .create, clock: time.clock)
        _ = try await store.addProblem(
            NewProblem(id: "p", name: "P", directory: "/p", digest: "d", timeLimit: .seconds(1)))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// As another process would see the same file.
    func another() async throws -> SQLiteStore {
        try await SQLiteStore.open(path: store.path, access: .write, clock: time.clock)
    }

    /// A time for which nothing else sleeps.
    static let stopTime = Duration.seconds(7)

    func worker(
        _ judge: FakeJudge, slots: Int = 1, drain: Bool = false,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        metrics: WorkerMetrics? = nil, repeatShare: Double = 0, chance: Double = 0,
        spreadTests: Bool = true, draw: (@Sendable () -> Double)? = nil,
        store: (any JobStore)? = nil,
        overdue: @escaping @Sendable () -> Void = {}
    ) -> WorkerService<ManualClock> {
        WorkerService(
            store: store ?? self.store, judge: judge,
            settings: WorkerSettings(
                name: "w", slots: slots, leaseDuration: .seconds(30), drain: drain,
                stopTime: Self.stopTime, repeatShare: repeatShare, spreadTests: spreadTests),
            logger: logger, metrics: metrics, chance: draw ?? { chance }, clock: clock,
            overdue: overdue)
    }

    func submit() async throws -> Int64 {
        try await store.submit(
            NewSubmission(
                problem: "p", language: "c",
                files: [SourceFile(name: "a.c", bytes: [UInt8]("int main;".utf8))]))
    }

    /// Waits by event until the record of a submission is as wanted.
    func record(
        of id: Int64, _ isWanted: @Sendable (SubmissionRecord) -> Bool
    ) async throws -> SubmissionRecord? {
        let store = try await another()
        for await _ in try store.changes() {
            let record = try await store.record(of: id)
            if isWanted(record) { return record }
        }
        return nil
    }
}

extension AsyncSequence where Self: Sendable, Failure == Never {
    /// Waits for the first element that is as wanted.
    func wait(for isWanted: @Sendable (Element) -> Bool) async {
        for await element in self where isWanted(element) { return }
    }
}
