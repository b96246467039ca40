import Foundation
import JudgeCore
import Store
import Units

/// What the queue needs for one submission, in a database of its own beside the judge's.
struct QueueBench {
    let directory: URL
    /// Submissions.
    let runs: Int

    func figures() async throws -> [BenchFigure] {
        let store = try await SQLiteStore.open(
            path: directory.appending(path: "bench.db").path(percentEncoded: false),
            access: .create)
        let figures = try await figures(store)
        try await store.close()
        return figures
    }

    private func figures(_ store: SQLiteStore) async throws -> [BenchFigure] {
        _ = try await store.addProblem(
            NewProblem(
                id: "bench", name: "Bench", directory: "/bench", digest: "bench",
                timeLimit: .seconds(1)))
        let submission = NewSubmission(
            problem: "bench", language: "c17",
            files: [SourceFile(name: "main.c", bytes: Array("int main() {}\n".utf8))])
        let judgement = Judgement(
            verdict: .accepted, reason: nil, cpuTime: .milliseconds(1),
            tests: [TestResult(name: "secret/1", group: "secret", verdict: .accepted)])
        var (submits, claims, finishes) = (BenchSamples(), BenchSamples(), BenchSamples())
        for _ in 0..<runs {
            try Task.checkCancellation()
            _ = try await submits.time { try await store.submit(submission) }
            let claim = try await claims.time {
                try await store.claim(worker: "bench", leaseDuration: .seconds(30))
            }
            guard let claim else {
                throw CommandFailure(.broken, "a submission that was stored cannot be claimed")
            }
            _ = try await finishes.time { try await store.finish(claim.lease, with: judgement) }
        }
        let tenth = max(1, runs / 10)
        return [
            BenchFigure("submit, on disk", submits), BenchFigure("claim", claims),
            BenchFigure("store a judgement, on disk", finishes),
            // Of a queue that gets slower with what lies finished beside it, the last are slower.
            BenchFigure(
                "claim, the last tenth", claims.last(tenth),
                beside: ("claim, the first tenth", claims.first(tenth))),
        ]
    }
}
