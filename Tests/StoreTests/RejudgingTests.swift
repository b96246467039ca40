import JudgeCore
import Store
import Testing

@Suite("Judging again")
struct RejudgingTests {
    /// A store in which submission 1 is AC, 2 is TLE, 3 is cancelled and 4 waits.
    private func fixture() async throws -> Fixture {
        let fixture = try await Fixture()
        for _ in 1...4 { try await fixture.submit(user: "ada") }
        try await fixture.judge(.accepted, expecting: 1)
        try await fixture.judge(.slow, expecting: 2)
        _ = try await fixture.store.cancel([3])
        return fixture
    }

    private static let ofProblem = NewRejudging(
        selection: RejudgingSelection(problem: "aplusb"), name: "again")

    @Test("A set takes what is settled, behind what was submitted, and its judgements count")
    func counts() async throws {
        let fixture = try await fixture()
        let answer = try await fixture.store.rejudge(Self.ofProblem)
        #expect(answer.isNew)
        #expect(answer.unsettled == 1)
        let set = try #require(answer.set)
        #expect(set.name == "again")
        #expect(set.selection == "problem aplusb")
        #expect(set.state == .applied)
        #expect((set.submissions, set.waiting, set.judged, set.changed) == (2, 2, 0, 0))

        // Until it is judged again a submission waits, with its old verdict.
        let waiting = try await fixture.store.record(of: 1)
        #expect(waiting.state == .queued)
        #expect(waiting.judgement?.verdict == .accepted)
        let late = try await fixture.submit(priority: .low)
        try await fixture.judge(.accepted, expecting: 4)
        try await fixture.judge(.accepted, expecting: late)
        try await fixture.judge(.slow, expecting: 1)
        try await fixture.judge(.slow, expecting: 2)
        #expect(try await fixture.verdicts([1, 2, 3]) == [.timeLimit, .timeLimit, .cancelled])
        let done = try #require(try await fixture.store.rejudging("again"))
        #expect((done.set.waiting, done.set.judged, done.set.changed) == (0, 2, 1))
        #expect(done.submissions.map(\.isChanged) == [true, false])
        #expect(done.submissions.map(\.before?.verdict) == [.accepted, .timeLimit])
        #expect(done.submissions.map(\.after?.verdict) == [.timeLimit, .timeLimit])
    }

    @Test("Asking for a set again does nothing, whether by its name or in the same words")
    func idempotent() async throws {
        let fixture = try await fixture()
        let first = try await fixture.store.rejudge(Self.ofProblem)
        let again = try await fixture.store.rejudge(Self.ofProblem)
        #expect(again == RejudgingAnswer(set: first.set, isNew: false))
        #expect(try await fixture.store.queueLength().queued == 3)

        let unnamed = NewRejudging(selection: RejudgingSelection(ids: [3]))
        let numbered = try await fixture.store.rejudge(unnamed)
        #expect(numbered.set?.name == "rejudging-2")
        #expect(try await fixture.store.rejudge(unnamed).set == numbered.set)
        #expect(try await fixture.store.queueLength().queued == 4)
        // Sets take turns.
        for id in [4, 1, 3, 2] { try await fixture.judge(.accepted, expecting: Int64(id)) }
        // A name stands for one set for ever; without one, what is over is asked for anew.
        #expect(try await fixture.store.rejudge(Self.ofProblem).isNew == false)
        #expect(try await fixture.store.rejudge(unnamed).set?.name == "rejudging-3")
        #expect(try await fixture.store.queueLength().queued == 1)
    }

    @Test("A name that stands for something else is refused, and nothing is queued")
    func otherSelection() async throws {
        let fixture = try await fixture()
        _ = try await fixture.store.rejudge(Self.ofProblem)
        let other = NewRejudging(selection: RejudgingSelection(ids: [1]), name: "again")
        let error = StoreError.rejudgingExists(name: "again", selection: "problem aplusb")
        await #expect(throws: error) { try await fixture.store.rejudge(other) }
        #expect(error.fault == .input)
    }

    @Test("A held set changes nothing that counts until it is applied, and undone it is as before")
    func held() async throws {
        let fixture = try await fixture()
        try await fixture.judge(.accepted, expecting: 4)
        let before = try await fixture.store.list(SubmissionFilter())
        var new = Self.ofProblem
        new.isHeld = true
        _ = try await fixture.store.rejudge(new)
        #expect(try await fixture.store.list(SubmissionFilter()) == before)
        await #expect(throws: StoreError.rejudgingUnfinished(name: "again", waiting: 3)) {
            try await fixture.store.applyRejudging("again")
        }
        for id in [1, 2, 4] { try await fixture.judge(.slow, expecting: Int64(id)) }
        #expect(try await fixture.store.list(SubmissionFilter()) == before)
        #expect(try await fixture.store.rejudging("again")?.set.changed == 2)

        for _ in 1...2 {
            #expect(try await fixture.store.applyRejudging("again").state == .applied)
            #expect(
                try await fixture.verdicts([1, 2, 3, 4])
                    == [.timeLimit, .timeLimit, .cancelled, .timeLimit])
        }
        for _ in 1...2 {
            #expect(try await fixture.store.undoRejudging("again").state == .undone)
            #expect(try await fixture.store.list(SubmissionFilter()) == before)
        }
        _ = try await fixture.store.applyRejudging("again")
        #expect(try await fixture.verdicts([1, 4]) == [.timeLimit, .timeLimit])
    }

    @Test("Undoing a set that is not judged yet takes the rest of it off")
    func undoneEarly() async throws {
        let fixture = try await fixture()
        try await fixture.judge(.accepted, expecting: 4)
        _ = try await fixture.store.rejudge(Self.ofProblem)
        try await fixture.judge(.slow, expecting: 1)
        let running = try #require(try await fixture.claim()).lease
        let set = try await fixture.store.undoRejudging("again")
        #expect((set.waiting, set.judged, set.cancelled) == (0, 1, 2))
        #expect(try await fixture.store.finish(running, with: .accepted) == .leaseLost)
        #expect(try await fixture.claim() == nil)
        #expect(
            try await fixture.verdicts([1, 2, 3, 4]) == [
                .accepted, .timeLimit, .cancelled, .accepted,
            ])
        #expect(try await fixture.store.list(SubmissionFilter(state: .done)).count == 3)
    }

    @Test("Where a newer judgement counts, an older set that is applied later does not take over")
    func superseded() async throws {
        let fixture = try await fixture()
        try await fixture.judge(.accepted, expecting: 4)
        let selection = RejudgingSelection(ids: [1])
        _ = try await fixture.store.rejudge(
            NewRejudging(selection: selection, name: "older", isHeld: true))
        try await fixture.judge(.slow, expecting: 1)
        _ = try await fixture.store.rejudge(NewRejudging(selection: selection, name: "newer"))
        let wrong = Judgement(verdict: .wrongAnswer, reason: Reason(.wrongOutput, "line 1"))
        try await fixture.judge(wrong, expecting: 1)
        _ = try await fixture.store.applyRejudging("older")
        #expect(try await fixture.verdicts([1]) == [.wrongAnswer])
        _ = try await fixture.store.undoRejudging("newer")
        #expect(try await fixture.verdicts([1]) == [.timeLimit])
    }

    @Test("A set is judged by the newest installed version of its problem")
    func newestVersion() async throws {
        let fixture = try await fixture()
        try await fixture.judge(.accepted, expecting: 4)
        let unchanged = try await fixture.store.rejudgingPreview(of: Self.ofProblem.selection)
        #expect(unchanged.map(\.hasNewPackage) == [false, false, false])
        let newest = try await fixture.store.addProblem(.sample(digest: "d2"))
        let preview = try await fixture.store.rejudgingPreview(of: Self.ofProblem.selection)
        #expect(preview.map(\.hasNewPackage) == [true, true, true])
        _ = try await fixture.store.rejudge(Self.ofProblem)
        #expect(try await fixture.claim()?.problem == newest)
    }

    @Test("A preview says what a set would hold, and changes nothing")
    func preview() async throws {
        let fixture = try await fixture()
        let path = fixture.directory.file("judge.db")
        let dump = try SQLiteProgram.run(path, ".dump")
        let preview = try await fixture.store.rejudgingPreview(
            of: RejudgingSelection(problem: "aplusb", verdict: .timeLimit, language: "cpp17"))
        #expect(
            preview == [
                RejudgedSubmission(
                    submission: 2, problem: "aplusb", language: "cpp17", user: "ada", state: nil,
                    before: .init(verdict: .timeLimit, score: 12.5), after: nil,
                    hasNewPackage: false)
            ])
        #expect(
            try await fixture.store.rejudgingPreview(of: .init(language: "c17")).isEmpty)
        #expect(try SQLiteProgram.run(path, ".dump") == dump)
    }

    @Test("What was cancelled is judged again only by id or verdict")
    func cancelled() async throws {
        let fixture = try await fixture()
        for selection in [RejudgingSelection(ids: [3]), RejudgingSelection(verdict: .cancelled)] {
            let preview = try await fixture.store.rejudgingPreview(of: selection)
            #expect(preview.map(\.submission) == [3])
        }
        _ = try await fixture.store.rejudge(
            NewRejudging(selection: RejudgingSelection(ids: [3])))
        try await fixture.judge(.accepted, expecting: 4)
        try await fixture.judge(.accepted, expecting: 3)
        let record = try await fixture.store.record(of: 3)
        #expect(record.state == .done)
        #expect(record.judgement?.verdict == .accepted)
    }

    @Test("A rejudging that comes to no verdict or is cancelled leaves the old verdict and state")
    func noVerdict() async throws {
        let fixture = try await fixture()
        try await fixture.judge(.accepted, expecting: 4)
        let before = try await fixture.store.list(SubmissionFilter())
        _ = try await fixture.store.rejudge(Self.ofProblem)
        #expect(
            try await fixture.store.cancel([2, 4])
                == [2, 4].map {
                    Cancellation(submission: $0, found: .queued, state: .done, wasRejudged: true)
                })
        for _ in 1...3 {
            let lease = try #require(try await fixture.claim()).lease
            #expect(lease.submissionID == 1)
            _ = try await fixture.store.fail(lease, cause: "no cgroup")
        }
        #expect(try await fixture.store.list(SubmissionFilter()) == before)
        let set = try #require(try await fixture.store.rejudging("again")?.set)
        #expect((set.waiting, set.judged, set.failed, set.cancelled) == (0, 0, 1, 2))
        // Nothing of it may count later.
        _ = try await fixture.store.undoRejudging("again")
        _ = try await fixture.store.applyRejudging("again")
        #expect(try await fixture.store.list(SubmissionFilter()) == before)
    }

    @Test("Submissions and problems that are not there are named, and nothing is queued")
    func notThere() async throws {
        let fixture = try await fixture()
        await #expect(throws: StoreError.noSuchSubmission(id: 9)) {
            try await fixture.store.rejudge(NewRejudging(selection: .init(ids: [1, 9])))
        }
        await #expect(throws: StoreError.noSuchProblem(id: "nim")) {
            try await fixture.store.rejudge(NewRejudging(selection: .init(problem: "nim")))
        }
        await #expect(throws: StoreError.noSuchRejudging(name: "x")) {
            try await fixture.store.applyRejudging("x")
        }
        _ = try await fixture.store.removeProblem("aplusb")
        await #expect(throws: StoreError.noSuchProblem(id: "aplusb")) {
            try await fixture.store.rejudge(NewRejudging(selection: .init(ids: [1])))
        }
        let answer = try await fixture.store.rejudge(
            NewRejudging(selection: .init(verdict: .accepted)))
        #expect(answer == RejudgingAnswer(set: nil, isNew: false, withoutProblem: 1))
        #expect(try await fixture.store.queueLength().queued == 1)
        #expect(try await fixture.store.rejudgings().isEmpty)
    }

    @Test("The views tell what counts, and every judgement ever made with its set")
    func views() async throws {
        let fixture = try await fixture()
        try await fixture.judge(.accepted, expecting: 4)
        var new = Self.ofProblem
        new.isHeld = true
        _ = try await fixture.store.rejudge(new)
        try await fixture.judge(.slow, expecting: 1)
        func rows(_ query: String) throws -> [String] {
            try SQLiteProgram.run(fixture.directory.file("judge.db"), query)
        }
        #expect(
            try rows("SELECT submission_id, state, verdict FROM results")
                == ["1|done|AC", "2|done|TLE", "3|cancelled|CS", "4|done|AC"])
        #expect(
            try rows("SELECT submission_id, verdict, counts, rejudging FROM judgements")
                == ["1|AC|1|", "2|TLE|1|", "3|CS|1|", "4|AC|1|", "1|TLE|0|again"])
        #expect(
            try rows("SELECT submission_id, priority, rejudging FROM queue")
                == ["2|low|again", "4|low|again"])
        #expect(
            try rows("SELECT * FROM rejudgings")
                == ["again|problem aplusb|held|2026-11-25T09:46:40.000Z|3|2|1|0|0|1"])
        #expect(
            try rows("SELECT * FROM rejudged_submissions LIMIT 1")
                == ["again|1|aplusb|ada|cpp17|done|0|AC||TLE|12.5|1|1"])
    }
}

extension Fixture {
    /// Claims the job of `id`, which must be next, and writes its judgement.
    fileprivate func judge(_ judgement: Judgement, expecting id: Int64) async throws {
        let lease = try #require(try await claim()).lease
        #expect(lease.submissionID == id)
        #expect(try await store.finish(lease, with: judgement) == .written)
    }

    fileprivate func verdicts(_ ids: [Int64]) async throws -> [Verdict?] {
        var verdicts: [Verdict?] = []
        for id in ids { verdicts.append(try await store.record(of: id).judgement?.verdict) }
        return verdicts
    }
}
