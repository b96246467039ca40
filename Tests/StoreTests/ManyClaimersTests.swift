import Foundation
import JudgeCore
import Store
import Testing

@Suite("Several claimers on one file", .timeLimit(.minutes(3)))
struct ManyClaimersTests {
    @Test("Eight tasks over four connections claim two thousand jobs, each exactly once")
    func connections() async throws {
        let fixture = try await Fixture()
        let count = 2_000
        for _ in 0..<count { try await fixture.submit() }
        let claimed = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for worker in 0..<4 {
                let store = try await fixture.another()
                for task in 0..<2 {
                    group.addTask { try await drain(store, "w\(worker)-\(task)") }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == count)
        #expect(Set(claimed).count == count)
        #expect(
            try await fixture.store.list(SubmissionFilter(verdict: .accepted, limit: count + 1))
                .count == count)
    }

    @Test("Two processes share the queue of one file, and each job is judged once")
    func processes() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("judge.db")
        let store = try await SQLiteStore.open(path: path, access: .create)
        _ = try await store.addProblem(.sample())
        let count = 500
        for _ in 0..<count { _ = try await store.submit(.sample()) }

        async let first: Void = Self.judgeInAnotherProcess(path, "first")
        async let second: Void = Self.judgeInAnotherProcess(path, "second")
        _ = await (first, second)

        let records = try await store.list(SubmissionFilter(state: .done, limit: count + 1))
        #expect(records.count == count)
        #expect(records.allSatisfy { $0.attempt == 1 })
        #expect(Set(records.map(\.worker)) == ["first", "second"])
    }

    private static func judgeInAnotherProcess(_ path: String, _ name: String) async {
        await #expect(processExitsWith: .success) { [path, name] in
            let store = try await SQLiteStore.open(path: path, access: .write)
            _ = try await drain(store, name)
        }
    }
}

/// Claims and finishes until nothing is left; the submissions claimed.
private func drain(_ store: any JobStore, _ worker: String) async throws -> [Int64] {
    var claimed: [Int64] = []
    while let claim = try await store.claim(worker: worker, leaseDuration: .seconds(60)) {
        claimed.append(claim.submission.id)
        #expect(try await store.finish(claim.lease, with: .accepted) == .written)
    }
    return claimed
}
