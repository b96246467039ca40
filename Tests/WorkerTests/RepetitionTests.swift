import GRDB
import JudgeCore
import Judging
import Logging
import Metrics
import Store
import Testing
import Worker

@Suite("Judging a share of submissions again", .timeLimit(.minutes(1)))
struct RepetitionTests {
    private func judgedOnSlots(_ events: AsyncStream<JudgeEvent>, _ count: Int) async -> [Int] {
        var slots: [Int] = []
        for await case .began(_, let slot) in events {
            slots.append(slot)
            if slots.count == count { break }
        }
        return slots
    }

    @Test("A judging that comes to the same again is stored as such, and work goes on")
    func same() async throws {
        let fixture = try await Fixture()
        for _ in 0..<3 { _ = try await fixture.submit() }
        let judge = FakeJudge { _ in .answersBySlot([.accepted, .accepted]) }
        try await fixture.worker(judge, slots: 2, drain: true, repeatShare: 0.5, chance: 0.4).run()
        #expect(try await !fixture.store.isHeld("w"))
        for id in [Int64](1...3) {
            #expect(try await fixture.store.record(of: id).judgement?.verdict == .accepted)
        }
        #expect(await judgedOnSlots(judge.events, 6).count == 6)
    }

    @Test("A difference holds the worker back until a person releases it")
    func differs() async throws {
        let fixture = try await Fixture()
        let first = try await fixture.submit()
        let judge = FakeJudge { _ in .answersBySlot([.accepted, .wrongAnswer]) }
        let worker = fixture.worker(judge, slots: 2, repeatShare: 1)
        let running = Task { try await worker.run() }
        for await _ in try fixture.store.changes() where try await fixture.store.isHeld("w") {
            break
        }
        // It was judged in slot 0 and again in slot 1; the judgement stays what it was.
        #expect(await judgedOnSlots(judge.events, 2) == [0, 1])
        #expect(try await fixture.store.record(of: first).judgement?.verdict == .accepted)
        #expect(try await fixture.store.heldWorkers() == ["w"])

        let second = try await fixture.submit()
        // A draining worker of the name finds nothing that it may do.
        try await fixture.worker(judge, slots: 2, drain: true, repeatShare: 1).run()
        #expect(try await fixture.store.record(of: second).state == .queued)
        #expect(try await fixture.store.release("w"))
        #expect(try await !fixture.store.release("w"))
        let record = try await fixture.record(of: second) { $0.isSettled }
        #expect(record?.judgement != nil)
        running.cancel()
        try await running.value
    }

    @Test("Nothing is made again below the share, nor with one slot", arguments: [1, 2])
    func none(slots: Int) async throws {
        let fixture = try await Fixture()
        _ = try await fixture.submit()
        let judge = FakeJudge { _ in .answersBySlot([.accepted, .wrongAnswer]) }
        let share = slots == 1 ? 1.0 : 0.5
        try await fixture.worker(
            judge, slots: slots, drain: true, repeatShare: share, chance: 0.5
        ).run()
        #expect(try await !fixture.store.isHeld("w"))
        _ = try await fixture.submit()
        try await fixture.worker(judge, slots: slots, drain: true).run()
        #expect(await judgedOnSlots(judge.events, 2).count == 2)
    }

    @Test("A repetition that fails through the machine says nothing of the worker")
    func fails() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.submit()
        let judge = FakeJudge { _ in .failsAgain(.accepted) }
        try await fixture.worker(judge, slots: 2, drain: true, repeatShare: 1).run()
        #expect(await judgedOnSlots(judge.events, 2) == [0, 1])
        #expect(try await !fixture.store.isHeld("w"))
        #expect(try await fixture.store.record(of: 1).judgement?.verdict == .accepted)
    }

    @Test(
        "What repetitions came to is counted, and both slots stand beside it",
        arguments: [
            (FakeJudge.Behaviour.answersBySlot([.accepted, .accepted]), "same"),
            (.answersBySlot([.accepted, .wrongAnswer]), "different"),
            (.failsAgain(.accepted), "failed"),
        ])
    func counted(behaviour: FakeJudge.Behaviour, result: String) async throws {
        let fixture = try await Fixture()
        let metrics = WorkerMetrics(slots: 2)
        _ = try await fixture.submit()
        let judge = FakeJudge { _ in behaviour }
        try await fixture.worker(
            judge, slots: 2, drain: true, metrics: metrics, repeatShare: 1
        ).run()
        let families = metrics.families(
            queue: nil, heldWorkers: try await fixture.store.heldWorkers().count,
            compiled: CacheUse(), validators: CacheUse(), diskFree: nil)
        let samples = families.first { $0.name == "judge_repetitions_total" }?.samples ?? []
        #expect(
            samples.map(\.value) == ["same", "different", "failed"].map { $0 == result ? 1 : 0 })
        #expect(samples.flatMap(\.labels).map(\.value) == ["same", "different", "failed"])
        #expect(
            families.first { $0.name == "judge_held_workers" }?.samples.map(\.value)
                == [result == "different" ? 1 : 0])
        let rows = try await DatabaseQueue(path: fixture.store.path).read { db in
            try Row.fetchAll(db, sql: "SELECT judged_in_slot, repeated_in_slot FROM repetitions")
                .map { [$0["judged_in_slot"] as Int, $0["repeated_in_slot"] as Int] }
        }
        #expect(rows == (result == "failed" ? [] : [[0, 1]]))
    }
}
