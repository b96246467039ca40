import JudgeCore
import Problems
import Sandboxing

/// Runs the tests of one judging in its own slot and, where it pays, in slots that are lent to it.
///
/// One task looks after all lanes and alone knows what they do. A lane that has nothing to do gets the
/// test that the judging needs next, else the next that it will need if all goes as is likely. What
/// turns out not to be needed is stopped, and nothing of it is ever told.
///
/// Where a processor is left for looking at outputs, the judging's own slot has two lanes while tests are short,
/// so that the next test runs while what the last one wrote is looked at. For long ones that is nothing, and a run
/// that is made again would wait for them.
struct TestLanes {
    /// How a test ended, and where.
    struct End: Sendable {
        var lane: Lane
        var index: Int
        var result: Result<TestResult, JudgingError>
        var took: Duration

        /// Whether the next one is likely to be over soon.
        var isShort: Bool {
            if case .success(let result) = result { result.isShort } else { false }
        }
    }

    private let sequence: TestSequence
    private var results: OrderedResults
    private var idle: [Lane]
    /// By index of the test.
    private var running: [Int: Task<End, Never>] = [:]
    private var borrowed = 0
    /// Tests that a lent slot failed to run.
    private var ownOnly: Set<Int> = []
    /// nil when all tests run: then none beside those in `upcoming` is to come.
    private var prediction: Prediction?
    /// What is predicted and has not begun.
    private var upcoming: [Int]
    /// Whether something came that was not predicted.
    private var isSurprised = false
    private let preparation: Duration
    private var took = Duration.zero
    private var count = 0
    /// Of the last test that was sent to the judging's own slot, where that has two lanes.
    private var lastTurn: Turn?
    /// How many of the own slot's two lanes have ended, which are to become one again; nil: they are not.
    private var ended: Int?
    /// Whether the machine failed in one of them.
    private var hasFailed = false
    /// When the last test in the judging's own slot ended.
    private var ownEnd = ContinuousClock.now

    /// - Parameters:
    ///   - own: prepared.
    ///   - preparation: what that took.
    init(of sequence: TestSequence, own: Lane, preparation: Duration) {
        self.sequence = sequence
        self.preparation = preparation
        results = OrderedResults(of: sequence)
        idle = [own]
        prediction = sequence.all ? nil : Prediction(results.walk)
        upcoming = sequence.all ? Array(sequence.runner.problem.tests.indices) : []
    }

    /// - Throws: `machine`, `cancelled`; nothing runs any more, and all that was lent is given back.
    static func judgement(
        of sequence: TestSequence, own: Lane, preparation: Duration, compile: CompileResult?
    ) async throws(JudgingError) -> Judgement {
        let judgement = await withTaskGroup(of: End.self) {
            group -> Result<Judgement, JudgingError> in
            var lanes = TestLanes(of: sequence, own: own, preparation: preparation)
            let outcome: Result<Judgement, JudgingError>
            do throws(JudgingError) {
                try await lanes.run(&group)
                outcome = .success(lanes.results.judgement(compile))
            } catch {
                outcome = .failure(error)
            }
            group.cancelAll()
            for lane in lanes.idle { lanes.giveBack(lane) }
            for await end in group { lanes.giveBack(end.lane) }
            return outcome
        }
        return try judgement.get()
    }

    private mutating func run(_ group: inout TaskGroup<End>) async throws(JudgingError) {
        while true {
            let need = try results.need()
            if case .nothing = need { return }
            guard !Task.isCancelled else { throw .cancelled }
            if isSurprised { predictAnew() }
            if case .question(let question) = need, let own = takeOwn() {
                // Graders may take long, and what is lent may be wanted back meanwhile.
                guard borrowed == 0 else {
                    idle.append(own)
                    await giveAllBack(&group)
                    continue
                }
                try await ask(question, own)
                continue
            }
            borrow()
            if borrowed == 0, case .test(let index) = need, let own = takeOwn(onlyAlone: true) {
                // Alone there is nobody to look after meanwhile.
                upcoming.removeAll { $0 == index }
                take(await sequence.end(of: index, in: own))
                continue
            }
            handOut(need, &group)
            guard let end = await group.next() else {
                preconditionFailure("a test is needed, and it does not run")
            }
            running[end.index] = nil
            take(end)
        }
    }

    /// - Parameter onlyAlone: not where there are two of them.
    private mutating func takeOwn(onlyAlone: Bool = false) -> Lane? {
        idle.firstIndex { $0.isOwn && !(onlyAlone && $0.isShared) }.map { idle.remove(at: $0) }
    }

    private mutating func ask(
        _ question: GraderQuestion, _ own: Lane
    ) async throws(JudgingError) {
        var own = own
        let answer: Grader.Answer
        if let grader = sequence.grader {
            answer = try await own.ask(grader, question)
        } else {
            answer = .failed(Reason(.badPackage, "the package holds no grader"))
        }
        idle.append(own)
        results.add(answer, to: question)
        if case .grade(let grade) = answer, grade.verdict != .accepted { isSurprised = true }
    }

    // MARK: - What to run

    /// Stops what is not needed any more, as far as can be said.
    private mutating func predictAnew() {
        isSurprised = false
        guard prediction != nil else { return }
        prediction = Prediction(results.walk)
        upcoming = []
        var needless = Set(running.keys)
        guard !needless.isEmpty else { return }
        var probe = Prediction(results.walk)
        while !needless.isEmpty, let index = probe.next(results.known) { needless.remove(index) }
        guard !probe.isLost else { return }
        for index in needless { running[index]?.cancel() }
    }

    /// Finds one more test that may be needed; false: there is none.
    private mutating func look() -> Bool {
        while let index = prediction?.next(results.known) {
            guard results.isOpen(index), running[index] == nil else { continue }
            upcoming.append(index)
            return true
        }
        return false
    }

    /// Whether it may run in a slot that is not the judging's own.
    private func isForAll(_ index: Int) -> Bool {
        !sequence.runner.problem.tests[index].isStaticValidation && !ownOnly.contains(index)
    }

    private mutating func pick(for lane: Lane, _ need: OrderedResults.Need) -> Int? {
        if case .test(let index) = need, running[index] == nil, lane.isOwn || isForAll(index) {
            upcoming.removeAll { $0 == index }
            return index
        }
        guard results.hasRoom else { return nil }
        var place = 0
        while place < upcoming.count || look() {
            // What a lent slot failed to run may have been found a second time.
            guard results.isOpen(upcoming[place]), running[upcoming[place]] == nil else {
                upcoming.remove(at: place)
                continue
            }
            if lane.isOwn || isForAll(upcoming[place]) { return upcoming.remove(at: place) }
            place += 1
        }
        return nil
    }

    /// Gives every lane that has nothing to do a test, the judging's own first. A lent slot for which
    /// there is none is given back.
    private mutating func handOut(
        _ need: OrderedResults.Need, _ group: inout TaskGroup<End>
    ) {
        let free = idle.filter(\.isOwn) + idle.filter { !$0.isOwn }
        idle = []
        for lane in free {
            if let index = pick(for: lane, need) {
                start(index, in: lane, &group)
            } else if lane.isOwn {
                idle.append(lane)
            } else {
                giveBack(lane)
            }
        }
    }

    private mutating func start(_ index: Int, in lane: Lane, _ group: inout TaskGroup<End>) {
        let sequence = sequence
        // Not a child of the group, whose children cannot be stopped one by one. The child that waits for
        // it ends no sooner, and hands on that it is cancelled.
        let turn = lane.isShared ? Turn(after: lastTurn) : nil
        if lane.isShared { lastTurn = turn }
        let task = Task { await sequence.end(of: index, in: lane, turn: turn) }
        running[index] = task
        group.addTask {
            await withTaskCancellationHandler {
                await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }

    private mutating func take(_ end: End) {
        defer { if end.lane.isOwn { ownEnd = .now } }
        switch end.result {
        case .success(let result):
            results.add(result, at: end.index)
            took += end.lane.isOwn ? min(end.took, ownEnd.duration(to: .now)) : end.took
            count += 1
            if result.verdict != .accepted { isSurprised = true }
            if end.lane.isShared, !result.isShort { joinOwn() }
        case .failure(.cancelled):
            // Nobody needs it, or nobody needs any.
            break
        case .failure(let error) where end.lane.isShared:
            // Perhaps it had no turn yet. It runs again when both lanes are one, which is prepared anew.
            sequence.failed?("\(error)")
            hasFailed = true
            upcoming.insert(end.index, at: 0)
            joinOwn()
        case .failure(let error):
            guard end.lane.isOwn else {
                // It says nothing of the judging's own slot.
                ownOnly.insert(end.index)
                upcoming.insert(end.index, at: 0)
                return giveBack(end.lane, failure: "\(error)")
            }
            results.add(error, at: end.index)
        }
        if let loan = end.lane.loan, sequence.spares?.isWantedBack(loan) ?? true {
            giveBack(end.lane)
        } else if end.lane.isShared, ended != nil {
            leave(end.lane)
        } else if end.isShort, end.lane.isOwn, !end.lane.isShared,
            sequence.overlaps(in: end.lane.slot)
        {
            idle += end.lane.shared
        } else {
            idle.append(end.lane)
        }
    }

    /// Makes one lane of the two in the judging's own slot, when nothing runs there.
    private mutating func joinOwn() {
        guard ended == nil else { return }
        ended = 0
        let shared = idle.filter(\.isShared)
        idle.removeAll(where: \.isShared)
        for lane in shared { leave(lane) }
    }

    private mutating func leave(_ lane: Lane) {
        let count = (ended ?? 0) + 1
        ended = count < 2 ? count : nil
        guard count == 2 else { return }
        idle.append(hasFailed ? Lane(lane.slot) : lane.alone)
        hasFailed = false
    }

    // MARK: - Lent slots

    private mutating func borrow() {
        guard let spares = sequence.spares else { return }
        let each = count == 0 ? SpreadRule.leastTest : took / count
        while results.hasRoom,
            let needed = spares.rule.testsNeeded(
                each: each, preparing: preparation, lanes: borrowed + 1),
            isLeft(needed), let lent = spares.borrow()
        {
            borrowed += 1
            idle.append(Lane(lent.slot, loan: lent.number))
        }
    }

    private mutating func isLeft(_ count: Int) -> Bool {
        guard count <= sequence.runner.problem.tests.count else { return false }
        while upcoming.count < count, look() {}
        return upcoming.lazy.filter(isForAll).prefix(count).count == count
    }

    /// Waits for what runs in lent slots.
    private mutating func giveAllBack(_ group: inout TaskGroup<End>) async {
        for lane in idle where !lane.isOwn { giveBack(lane) }
        idle.removeAll { !$0.isOwn }
        guard borrowed > 0, let end = await group.next() else { return }
        running[end.index] = nil
        take(end)
    }

    private mutating func giveBack(_ lane: Lane, failure: String? = nil) {
        guard let loan = lane.loan else { return }
        borrowed -= 1
        sequence.spares?.giveBack(loan, failure: failure)
    }
}

extension TestSequence {
    /// Graders and static validators use the slot themselves.
    fileprivate func overlaps(in slot: any Slot) -> Bool {
        runner.freesSlotEarly && grader == nil && staticValidator == nil
            && runner.problem.tests.count > 1 && slot.hasProcessorBeside
    }

    fileprivate func end(
        of index: Int, in lane: Lane, turn: Turn? = nil
    ) async -> TestLanes.End {
        defer { turn?.begin() }
        var lane = lane
        let start = ContinuousClock.now
        let result: Result<TestResult, JudgingError>
        do throws(JudgingError) {
            let test = runner.problem.tests[index]
            result = .success(try await lane.run(test, by: runner, staticValidator, turn: turn))
        } catch {
            result = .failure(error)
        }
        return TestLanes.End(
            lane: lane, index: index, result: result, took: start.duration(to: .now))
    }
}

extension TestResult {
    /// Whether it took so little that what is done between two tests is much beside it.
    fileprivate var isShort: Bool {
        samples.isEmpty && wallTime < .milliseconds(20)
    }
}
