import JudgeCore
import Store
import Testing

@Suite("Whose turn it is", .timeLimit(.minutes(2)))
struct TurnTests {
    @Test("A user with 5,000 that wait delays the one of another user by no more than one judging")
    func fairShare() async throws {
        let fixture = try await Fixture()
        for _ in 1...5_000 { try await fixture.submit(user: "many") }
        for _ in 1...3 {
            // The one worker judges one of the many while another user submits.
            let running = try #require(try await fixture.claim())
            #expect(running.submission.user == "many")
            let single = try await fixture.submit(user: "one")
            #expect(try await fixture.store.finish(running.lease, with: .accepted) == .written)
            let next = try #require(try await fixture.claim())
            #expect(next.submission.id == single)
            #expect(try await fixture.store.finish(next.lease, with: .accepted) == .written)
        }
    }

    @Test("Users with much that waits take turns, each with the oldest of theirs")
    func roundRobin() async throws {
        let fixture = try await Fixture()
        for user in ["a", "b", nil] {
            for _ in 1...3 { try await fixture.submit(user: user) }
        }
        #expect(try await fixture.claimAll() == [1, 4, 7, 2, 5, 8, 3, 6, 9])
    }

    @Test("New users who come one after the other do not hold back one who has long waited")
    func noStarvationWithinClass() async throws {
        let fixture = try await Fixture()
        for _ in 1...3 { try await fixture.submit(user: "old") }
        var claims = 0
        var old = 0
        while old < 3, claims < 20 {
            try await fixture.submit(user: "new-\(claims)")
            let claim = try #require(try await fixture.claim())
            claims += 1
            if claim.submission.user == "old" { old += 1 }
        }
        #expect(old == 3)
    }

    @Test("A user whose job runs is behind one who has nothing")
    func runningCounts() async throws {
        let fixture = try await Fixture()
        try await fixture.submit(user: "a")
        _ = try await fixture.claim()
        let second = try await fixture.submit(user: "a")
        let other = try await fixture.submit(user: "b")
        #expect(try await fixture.claimAll() == [other, second])
    }

    @Test("While all classes wait, each is judged as often as its weight says, and none starves")
    func weights() async throws {
        let fixture = try await Fixture()
        try await fixture.store.setQueueWeights(
            QueueWeights(high: 6, normal: 3, low: 2, rejudging: 1))
        for _ in 1...4 {
            try await fixture.submit()
            let lease = try #require(try await fixture.claim()).lease
            _ = try await fixture.store.finish(lease, with: .accepted)
        }
        _ = try await fixture.store.rejudge(
            NewRejudging(selection: RejudgingSelection(problem: "aplusb")))
        for priority in Priority.allCases {
            for _ in 1...30 { try await fixture.submit(user: "\(priority)", priority: priority) }
        }
        var counts: [String: Int] = [:]
        for _ in 1...36 {
            let claim = try #require(try await fixture.claim())
            counts[claim.submission.user ?? "rejudging", default: 0] += 1
        }
        // Three rounds; what a class was given before them counts, so that one is one off.
        for (user, weight) in [("high", 6), ("normal", 3), ("low", 2), ("rejudging", 1)] {
            #expect(abs(counts[user, default: 0] - 3 * weight) <= 1, "\(counts)")
        }
    }

    @Test("A class that had no work for long has no more turns than its weight when it has some")
    func noSavings() async throws {
        let fixture = try await Fixture()
        try await fixture.store.setQueueWeights(
            QueueWeights(high: 1, normal: 1, low: 1, rejudging: 1))
        for _ in 1...40 { try await fixture.submit(user: "normal") }
        for _ in 1...20 { _ = try await fixture.claim() }
        for _ in 1...10 { try await fixture.submit(user: "high", priority: .high) }
        var users: [String] = []
        for _ in 1...10 { users.append(try #require(try await fixture.claim()?.submission.user)) }
        // Half of them, and one more for being the more urgent; savings would give it all ten.
        #expect((5...6).contains(users.count { $0 == "high" }), "\(users)")
    }

    @Test("A job whose attempt failed lets the others have their turn; one given back does not")
    func retry() async throws {
        let fixture = try await Fixture()
        for user in ["a", "b", "c"] { try await fixture.submit(user: user) }
        let first = try #require(try await fixture.claim())
        #expect(try await fixture.store.giveBack(first.lease) == .written)
        let again = try #require(try await fixture.claim())
        #expect(again.submission.id == first.submission.id)
        _ = try await fixture.store.fail(again.lease, cause: "no cgroup")
        #expect(try await fixture.claimAll() == [2, 3, 1])
    }

    @Test("A submission that takes its worker down lets another be judged between its attempts")
    func poisoned() async throws {
        let fixture = try await Fixture()
        let poisoned = try await fixture.submit(user: "eve")
        for _ in 1...5 { try await fixture.submit(user: "ada") }
        var order: [Int64] = []
        while let claim = try await fixture.claim() {
            order.append(claim.submission.id)
            if claim.submission.id == poisoned {
                fixture.clock.advance(by: .seconds(30))
            } else {
                _ = try await fixture.store.finish(claim.lease, with: .accepted)
            }
        }
        #expect(order == [1, 2, 3, 1, 4, 1, 5, 6])
        #expect(try await fixture.store.record(of: poisoned).state == .dead)
    }

    @Test("Positions in the list and in the view are the order in which jobs are claimed")
    func positions() async throws {
        let fixture = try await Fixture()
        try await fixture.submit(user: "old")
        let lease = try #require(try await fixture.claim()).lease
        _ = try await fixture.store.finish(lease, with: .accepted)
        _ = try await fixture.store.rejudge(NewRejudging(selection: RejudgingSelection(ids: [1])))
        for number in 1...30 {
            let priority = Priority.allCases[number % 3]
            try await fixture.submit(user: "u\(number % 4)", priority: priority)
        }
        fixture.clock.advance(by: .seconds(2))
        let list = try await fixture.store.list(SubmissionFilter())
        #expect(list.allSatisfy { $0.age == .seconds(2) })
        let listed = list.sorted { ($0.position ?? 0) < ($1.position ?? 0) }
        #expect(listed.map(\.position) == Array(1...31))
        let viewed = try SQLiteProgram.run(
            fixture.directory.file("judge.db"),
            "SELECT submission_id FROM queue WHERE position IS NOT NULL")
        let claimed = try await fixture.claimAll()
        #expect(listed.map(\.id) == claimed)
        #expect(viewed == claimed.map(String.init))
        let running = try await fixture.store.list(SubmissionFilter())
        #expect(running.allSatisfy { $0.position == nil && $0.age != nil })
    }

    @Test("Submitting and claiming look at what waits and runs by its index, and at nothing else")
    func plan() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.file("a.db"), access: .create)
        let plan = try await store.claimPlan()
        let searches = plan.filter { $0.contains("job") }
        #expect(searches.count >= 7, "\(plan)")
        for step in searches {
            // All of a partial index may be scanned where the first entry is enough.
            let isByIndex =
                step.contains("INDEX job_queued") || step.contains("INDEX job_running")
                || step.contains("INDEX job_by_share")
            #expect(isByIndex, "\(step)")
        }
        for step in plan {
            #expect(!step.contains("TEMP B-TREE"), "\(step)")
            #expect(step != "SCAN job", "\(step)")
        }
    }
}

extension Fixture {
    /// Claims until nothing is left; the submissions in the order of the claims.
    fileprivate func claimAll() async throws -> [Int64] {
        var ids: [Int64] = []
        while let claim = try await claim() { ids.append(claim.submission.id) }
        return ids
    }
}
