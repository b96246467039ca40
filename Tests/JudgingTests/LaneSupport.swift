import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Synchronization

/// Lends slots as a test says, and remembers who had them.
final class FakeSpares: SpareSlots {
    private struct State {
        var free: [Int: any Slot]
        var lent: [Int: any Slot] = [:]
        var borrowed = 0
        var failures: [String] = []
        var isWanted = false
    }

    let rule: SpreadRule
    /// Numbers of slots as they are given back.
    let givenBack: AsyncStream<Int>
    private let tell: AsyncStream<Int>.Continuation
    private let state: Mutex<State>

    /// - Parameter isWanted: whether nobody can borrow one at first.
    init(
        _ slots: [any Slot], isWanted: Bool = false,
        rule: SpreadRule = SpreadRule(testsAtLeast: 1, gain: 0)
    ) {
        self.rule = rule
        (givenBack, tell) = AsyncStream.makeStream(of: Int.self)
        let numbered = Dictionary(uniqueKeysWithValues: slots.enumerated().map { ($0, $1) })
        state = Mutex(State(free: numbered, isWanted: isWanted))
    }

    /// Whether somebody else needs all slots.
    var isWanted: Bool {
        get { state.withLock(\.isWanted) }
        set { state.withLock { $0.isWanted = newValue } }
    }

    var allAreBack: Bool { state.withLock(\.lent.isEmpty) }
    var borrowed: Int { state.withLock(\.borrowed) }
    var failures: [String] { state.withLock(\.failures) }

    func borrow() -> LentSlot? {
        state.withLock { state in
            guard !state.isWanted, let number = state.free.keys.min() else { return nil }
            guard let slot = state.free.removeValue(forKey: number) else { return nil }
            state.lent[number] = slot
            state.borrowed += 1
            return LentSlot(number: number, slot: slot)
        }
    }

    func isWantedBack(_ number: Int) -> Bool { isWanted }

    /// A slot in which something failed stays away.
    func giveBack(_ number: Int, failure: String?) {
        state.withLock { state in
            let slot = state.lent.removeValue(forKey: number)
            if let failure { state.failures.append(failure) } else { state.free[number] = slot }
        }
        tell.yield(number)
    }
}

/// A gate that is opened once, for all.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            return state.waiting
        }
        for one in waiting { one.finish() }
    }

    /// Returns when it is open, or when the task is cancelled.
    func pass() async {
        let (stream, one) = AsyncStream.makeStream(of: Void.self)
        let isOpen = state.withLock { state in
            if !state.isOpen { state.waiting.append(one) }
            return state.isOpen
        }
        guard !isOpen else { return }
        for await _ in stream {}
    }
}

/// What a judging told while it went on.
final class Told: Sendable {
    struct All: Equatable {
        var progress: [[Int]] = []
        var tests: [TestResult] = []
    }

    private let state = Mutex(All())

    var all: All { state.withLock { $0 } }

    func add(done: Int, total: Int) { state.withLock { $0.progress.append([done, total]) } }
    func add(_ test: TestResult) { state.withLock { $0.tests.append(test) } }
}

extension ScriptedSlot.Call {
    /// The test of a run of the submission: `7` of `…/7.in`; nil for any other run.
    var test: String? {
        guard let name = input?.split(separator: "/").last, name.hasSuffix(".in") else {
            return nil
        }
        return String(name.dropLast(3))
    }
}

/// One problem of many tests and a program that answers each as a test says.
struct LaneCase {
    let folder: JudgeTests.Folder
    var problem: Problem
    /// By number of the test, from 1.
    var verdicts: [Verdict]
    var settings = JudgingSettings()
    /// Tests that take half a second; others take milliseconds.
    var long: Set<Int> = []

    init(_ verdicts: [Verdict], data: TestGroup? = nil) throws {
        self.verdicts = verdicts
        let names = verdicts.indices.map { "\($0 + 1)" }
        folder = try JudgeTests.Folder(
            Dictionary(uniqueKeysWithValues: names.map { ("\($0).ans", $0) }))
        problem = JudgeTests.problem(folder, tests: names)
        if let data { problem.data = data }
    }

    /// - Parameter gate: what the run of a test waits for.
    func slot(
        companion: ScriptedSlot? = nil, hasProcessorBeside: Bool = false,
        reset: @escaping @Sendable () -> Void = {},
        gate: @escaping @Sendable (String) async -> Void = { _ in },
        fails: @escaping @Sendable (String) -> Bool = { _ in false }
    ) -> ScriptedSlot {
        let (verdicts, long) = (verdicts, long)
        return ScriptedSlot(
            companion: companion, hasProcessorBeside: hasProcessorBeside, reset: reset,
            gate: { call in if let test = call.test { await gate(test) } },
            { call throws(SandboxError) in
                guard let test = call.test, let number = Int(test) else {
                    return .init(report: .exit(0), left: ["main": [1]])
                }
                if fails(test) { throw SandboxError("the helper is gone") }
                let cpu = Duration.milliseconds(long.contains(number) ? 500 : number)
                return switch verdicts[number - 1] {
                case .accepted: .init(report: .exit(0, cpu: cpu), stdout: test)
                case .runTimeError: .init(report: .exit(3, cpu: cpu), stdout: "r\(test)")
                case .timeLimit: .init(report: .ended(.cpuTime), stdout: "t\(test)")
                default: .init(report: .exit(0, cpu: cpu), stdout: "wrong \(test)")
                }
            })
    }

    func judge(
        on own: any Slot, with spares: FakeSpares? = nil, all: Bool = false,
        languages: [Language] = [], _ tested: @escaping @Sendable (TestResult) -> Void = { _ in }
    ) async throws -> (judgement: Judgement, told: Told.All) {
        let told = Told()
        let judgement = try await Judge(settings: settings, languages: languages).judge(
            JudgeTests.source, in: JudgeTests.cpp, problem: problem, allTests: all, on: own,
            spares: spares, progress: { told.add(done: $0, total: $1) },
            judged: {
                told.add($0)
                tested($0)
            })
        return (judgement, told.all)
    }
}
