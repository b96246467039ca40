import Foundation
import JudgeCore
import Store
import Testing

@Suite(.timeLimit(.minutes(2))) struct WatchTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    /// Reads whole lines from a pipe until `count` have come.
    private func lines(_ count: Int, from handle: FileHandle, _ rest: inout Data) -> [String] {
        var lines: [String] = []
        while lines.count < count {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                lines.append(String(decoding: rest[..<end], as: UTF8.self))
                rest = Data(rest[rest.index(after: end)...])
                continue
            }
            let more = handle.availableData
            guard !more.isEmpty else { return lines }
            rest += more
        }
        return lines
    }

    private static func test(_ name: String, _ verdict: Verdict) -> TestResult {
        TestResult(name: name, group: "secret", verdict: verdict, cpuTime: .milliseconds(12))
    }

    private func store() async throws -> SQLiteStore {
        try await SQLiteStore.open(
            path: desk.directory.appending(path: "judge.db").path(percentEncoded: false),
            access: .write)
    }

    @Test("A watched list tells each state and each test once, as it becomes known")
    func text() async throws {
        _ = try desk.submit()
        let (process, output) = try desk.start("list", "--watch")
        var rest = Data()
        #expect(lines(1, from: output, &rest) == ["submission 1: queued"])

        let store = try await store()
        let claim = try await store.claim(worker: "w", leaseDuration: .seconds(60))
        let lease = try #require(claim).lease
        #expect(lines(1, from: output, &rest) == ["submission 1: running"])
        #expect(!(try desk.judge("list").output.contains("tests done")))
        let first = Self.test("secret/1", .accepted)
        _ = try await store.progress(
            lease, JudgingProgress(done: 1, total: 2), tests: [first])
        #expect(
            lines(2, from: output, &rest) == [
                "submission 1, test secret/1: AC, 0.012 s",
                "submission 1: running, 1 of 2 tests done",
            ])
        #expect(try desk.judge("list").output.contains("1 of 2 tests done"))
        let second = Self.test("secret/2", .wrongAnswer)
        _ = try await store.finish(
            lease,
            with: Judgement(
                verdict: .wrongAnswer, reason: Reason(.wrongOutput, "x"), tests: [first, second]))
        #expect(
            lines(2, from: output, &rest) == [
                "submission 1, test secret/2: WA, 0.012 s", "submission 1: WA, wrong answer",
            ])
        try await store.close()
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        #expect(try (output.readToEnd() ?? Data()).isEmpty)
    }

    @Test("With --json each change is one document a line, with progress and the new tests")
    func json() async throws {
        _ = try desk.submit()
        let (process, output) = try desk.start("list", "--watch", "--json")
        var rest = Data()
        let store = try await store()
        func next() throws -> [String: Any] {
            let line = try #require(lines(1, from: output, &rest).first)
            let found = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(found)
        }
        let queued = try next()
        #expect(queued["state"] as? String == "queued")
        #expect(queued["progress"] is NSNull)
        #expect((queued["new_tests"] as? [Any])?.isEmpty == true)
        let claim = try await store.claim(worker: "w", leaseDuration: .seconds(60))
        let lease = try #require(claim).lease
        #expect(try next()["state"] as? String == "running")
        _ = try await store.progress(
            lease, JudgingProgress(done: 1, total: 2), tests: [Self.test("secret/1", .accepted)])
        let running = try next()
        #expect((running["progress"] as? [String: Int]) == ["done": 1, "total": 2])
        let tests = try #require(running["new_tests"] as? [[String: Any]])
        #expect(tests.map { $0["name"] as? String } == ["secret/1"])
        #expect((running["tests"] as? [Any])?.isEmpty == true)
        #expect(running["verdict"] is NSNull)
        try await store.close()
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("What was judged before is told once, without its tests")
    func before() async throws {
        _ = try desk.submit()
        try await desk.finish(
            Judgement(verdict: .accepted, reason: nil, tests: [Self.test("secret/1", .accepted)]))
        let (process, output) = try desk.start("list", "--watch", "--verdict", "AC")
        var rest = Data()
        #expect(lines(1, from: output, &rest) == ["submission 1: AC, accepted"])
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("On a terminal the list is drawn in place, as much of it as fits")
    func terminal() async throws {
        _ = try desk.submit()
        for _ in 0..<5 { _ = try desk.judge("submit", "sum", "main.cpp") }
        // The judge that is watched draws once and ends with its terminal.
        let answer = try desk.shell(
            "mkfifo fifo; (read x <fifo; kill -INT \"$(cat pid)\") & "
                + "script -qefc \"stty rows 4 cols 30; echo \\$\\$ >pid; exec $0 list --watch\" "
                + "/dev/null </dev/null | (head -c 60; echo >fifo; cat)")
        #expect(answer.output.contains("\u{1b}[H"))
        let drawn = answer.output.split(separator: "\u{1b}[H").last.map(String.init) ?? ""
        #expect(drawn.contains("submitted"))
        #expect(drawn.contains("\u{1b}[J"))
        let rows = drawn.split(whereSeparator: \.isNewline).filter { $0.contains("\u{1b}[K") }
        #expect(rows.count == 3, "\(drawn)")
        #expect(
            rows.allSatisfy { ($0.split(separator: "\u{1b}").first?.count ?? 0) <= 30 }, "\(drawn)")
    }
}
