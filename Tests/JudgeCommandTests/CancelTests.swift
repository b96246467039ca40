import Foundation
import JudgeCore
import Testing

@Suite struct CancelTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test("Cancelling says what became of each submission, and again changes nothing")
    func sentences() async throws {
        _ = try desk.submit()
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        _ = try desk.submit()
        let first = try desk.judge("cancel", "2", "1")
        #expect(first.status == 0)
        #expect(first.complaint.isEmpty)
        #expect(
            first.output
                == "submission 2 is cancelled; it had waited\n"
                + "submission 1 is judged already and left alone\n")
        let again = try desk.judge("cancel", "2")
        #expect(again.status == 0)
        #expect(again.output == "submission 2 was cancelled before\n")
    }

    @Test("A cancelled submission is shown as CS by result and list; who waits for it gets 1")
    func shown() throws {
        _ = try desk.submit()
        let answer = try desk.judge("cancel", "1", "--json")
        #expect(
            answer.output
                == "{\"submission\": 1, \"state\": \"cancelled\", \"cancelled\": true}\n")
        let result = try desk.judge("result", "1", "--wait", "--json")
        #expect(result.status == 1)
        for part in [
            "\"state\": \"cancelled\"", "\"verdict\": \"CS\"",
            "\"attempt\": null, \"worker\": null",
            "\"reason\": {\"code\": \"cancelled\", \"text\": \"cancelled while it waited\"}",
        ] {
            #expect(result.output.contains(part), "\(result.output)")
        }
        let text = try desk.judge("result", "1")
        #expect(text.status == 0)
        #expect(text.output.hasPrefix("submission 1: CS, cancelled\n  cancelled while it waited\n"))
        #expect(text.output.contains("\n  cancelled  20"))
        for option in [["--state", "cancelled"], ["--verdict", "CS"]] {
            #expect(try desk.judge(["list"] + option).output.split(separator: "\n").count == 2)
        }
    }

    @Test("An id that does not exist is named, and nothing is cancelled")
    func unknown() throws {
        _ = try desk.submit()
        let answer = try desk.judge("cancel", "1", "7")
        #expect(answer.status == 65)
        #expect(answer.output.isEmpty)
        #expect(answer.complaint == "judge: there is no submission 7; see judge list\n")
        #expect(try desk.judge("list", "--state", "queued").output.contains("queued"))
    }
}

/// A submission that is cancelled while a test of it runs in the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .timeLimit(.minutes(2)))
struct CancelledRunTests {
    @Test("A program that hangs is ended when its submission is cancelled, and the next is judged")
    func running() throws {
        let desk = try Desk()
        try desk.writePackage()
        // The lease and the wall limit are longer than the test: neither frees the slot.
        try desk.write(
            "judge.conf", "[worker]\nlease = \"1h\"\n[limits]\nwall_minimum = \"1h\"\n")
        try desk.write("hangs.py", "import time\ntime.sleep(3600)\n")
        try desk.write("sums.py", "a, b = map(int, input().split())\nprint(a + b)\n")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        try #require(try desk.judge("submit", "sum", "hangs.py").output == "1\n")
        try #require(try desk.judge("submit", "sum", "sums.py").output == "2\n")
        let (worker, log) = try desk.startLogging("worker")
        defer { withExtendedLifetime(log) {} }
        while try !desk.judge("result", "1").output.contains("submission 1: running") {
            try #require(worker.isRunning)
        }
        #expect(
            try desk.judge("cancel", "1").output
                == "submission 1 is cancelled; it was being judged\n")
        #expect(try desk.judge("result", "2", "--wait").status == 0)
        let cancelled = try desk.judge("result", "1")
        #expect(cancelled.output.contains("cancelled while attempt 1 ran"), "\(cancelled.output)")
        worker.terminate()
        worker.waitUntilExit()
        #expect(worker.terminationStatus == 0)
    }
}
