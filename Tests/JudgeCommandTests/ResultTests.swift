import Foundation
import JudgeCore
import Testing
import Units

@Suite struct ResultTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private let late = Judgement(
        verdict: .timeLimit, reason: Reason(.cpuTime, "used 2.013 s of 2.000 s"),
        cpuTime: .microseconds(2_013_120), wallTime: .microseconds(2_020_331),
        memoryPeak: .mebibytes(3),
        compile: CompileResult(
            ok: true, cpuTime: .milliseconds(410), memoryPeak: .mebibytes(80),
            output: "warning:\n\u{1b}[31mred\n"),
        tests: [
            TestResult(
                name: "secret/1", group: "secret", verdict: .timeLimit,
                reason: Reason(.cpuTime, "used 2.013 s of 2.000 s"),
                cpuTime: .microseconds(2_013_120), wallTime: .microseconds(2_020_331),
                memoryPeak: .mebibytes(3), signal: 9, checkerMessage: "a\nb",
                teamMessage: "see above")
        ])

    @Test("The JSON of a judgement has every key of the interface, in its order")
    func json() async throws {
        let id = try desk.submit()
        let queued = try desk.judge("result", "\(id)", "--json")
        #expect(queued.status == 0)
        #expect(
            withoutTimes(queued.output) == """
                {"submission": 1, "problem": "sum", "language": "cpp17", "user": "ada", \
                "state": "queued", "submitted_at": TIME, "judged_at": null, "verdict": null, \
                "score": null, "reason": null, "cpu_time_us": null, "wall_time_us": null, \
                "memory_peak_bytes": null, "compile": null, "tests": [], "attempt": null, \
                "worker": null}

                """)
        try await desk.finish(late)
        let done = try desk.judge("result", "\(id)", "--json")
        #expect(done.status == 0)
        #expect(
            withoutTimes(done.output) == """
                {"submission": 1, "problem": "sum", "language": "cpp17", "user": "ada", \
                "state": "done", "submitted_at": TIME, "judged_at": TIME, "verdict": "TLE", \
                "score": null, "reason": {"code": "cpu-time", "text": "used 2.013 s of 2.000 s"}, \
                "cpu_time_us": 2013120, "wall_time_us": 2020331, "memory_peak_bytes": 3145728, \
                "compile": {"ok": true, "cpu_time_us": 410000, "memory_peak_bytes": 83886080, \
                "output": "warning:\\n\\u001b[31mred\\n"}, \
                "tests": [{"name": "secret/1", "group": "secret", "verdict": "TLE", \
                "score": null, "reason": {"code": "cpu-time", "text": "used 2.013 s of 2.000 s"}, \
                "cpu_time_us": 2013120, "wall_time_us": 2020331, "memory_peak_bytes": 3145728, \
                "exit_code": null, "signal": 9, "checker_message": "a\\nb", \
                "team_message": "see above", "samples": []}], \
                "attempt": 1, "worker": "w"}

                """)
    }

    @Test("The text of a judgement says why, and shows nothing that a terminal would obey")
    func text() async throws {
        let id = try desk.submit(user: "eve\u{1b}[2J\nverdict AC\u{202e}")
        try await desk.finish(late)
        let answer = try desk.judge("result", "\(id)")
        #expect(
            withoutTimes(answer.output) == """
                submission 1: TLE, time limit exceeded
                  test secret/1: used 2.013 s of 2.000 s
                  problem    sum
                  language   cpp17
                  user       eve\\u{1b}[2J\\nverdict AC\\u{202e}
                  submitted  TIME
                  judged     TIME by w, attempt 1
                  cpu time   2.013 s, wall time 2.020 s
                  memory     3.0 MiB

                  test      verdict  cpu time   memory  reason
                  secret/1  TLE       2.013 s  3.0 MiB  used 2.013 s of 2.000 s (a\\nb)

                  to the submitter, of test secret/1
                  | see above

                  compiler output
                  | warning:
                  | \\u{1b}[31mred

                """)
        let list = try desk.judge("list", "--verdict", "tle")
        #expect(list.output.split(separator: "\n").count == 2)
        #expect(!list.output.contains("\u{1b}"))
        #expect(try desk.judge("list", "--verdict", "AC", "--json").output == "[]\n")
    }

    @Test("What a validator says to the submitter is shown below the tests, line by line")
    func teamMessages() async throws {
        let id = try desk.submit()
        var wrong = late
        wrong.tests[0].teamMessage = "first\n\u{1b}[31msecond\n"
        wrong.tests += ["secret/2", "secret/3"].map {
            TestResult(name: $0, group: "secret", verdict: .accepted)
        }
        wrong.tests[2].teamMessage = "well done"
        try await desk.finish(wrong)
        let text = try desk.judge("result", "\(id)").output
        #expect(
            text.contains(
                """

                  to the submitter, of test secret/1
                  | first
                  | \\u{1b}[31msecond

                  to the submitter, of test secret/3
                  | well done

                  compiler output

                """), "\(text)")
        #expect(!text.contains("of test secret/2"))
    }

    @Test("A transcript is shown when it is asked for, and nothing in it is obeyed by a terminal")
    func transcript() async throws {
        let id = try desk.submit()
        var talked = late
        talked.tests[0].transcript = Transcript(lines: [
            Transcript.Line(time: .microseconds(12), speaker: "interactor", text: "first"),
            Transcript.Line(time: .milliseconds(1_500), speaker: "submission", text: "\u{1b}[31m"),
        ])
        talked.tests.append(TestResult(name: "secret/2", group: "secret", verdict: .accepted))
        try await desk.finish(talked)
        let plain = try desk.judge("result", "\(id)")
        #expect(!plain.output.contains("first"))
        #expect(try !desk.judge("result", "\(id)", "--json").output.contains("transcript"))
        let text = try desk.judge("result", "\(id)", "--transcript").output
        #expect(
            text.contains(
                """

                  transcript of test secret/1
                  |       time  who         says
                  | 0.000012 s  interactor  first
                  | 1.500000 s  submission  \\u{1b}[31m

                  compiler output

                """), "\(text)")
        #expect(!text.contains("of test secret/2"))
        let json = try desk.judge("result", "\(id)", "--transcript", "--test", "secret/1", "--json")
        #expect(
            json.output.contains(
                "\"transcript\": [{\"time_us\": 12, \"from\": \"interactor\", \"text\": "
                    + "\"first\"}, {\"time_us\": 1500000, \"from\": \"submission\", \"text\": "
                    + "\"\\u001b[31m\"}]"), "\(json.output)")
        let other = try desk.judge(
            "result", "\(id)", "--transcript", "--test", "secret/2", "--json")
        #expect(other.output.contains("\"transcript\": []"))
        let missing = try desk.judge("result", "\(id)", "--transcript", "--test", "secret/3")
        #expect(missing.status == 65)
        #expect(missing.complaint == "judge: submission 1 has no result of a test secret/3\n")
        let alone = try desk.judge("result", "\(id)", "--test", "secret/1")
        #expect(alone.status == 64)
    }

    @Test("What a checker says is shown once where it is the reason itself")
    func saidOnce() async throws {
        let id = try desk.submit()
        var wrong = late
        wrong.tests[0].reason = Reason(.wrongOutput, "the output ends")
        wrong.tests[0].checkerMessage = "the output ends"
        try await desk.finish(wrong)
        #expect(try desk.judge("result", "\(id)").output.contains("3.0 MiB  the output ends\n"))
    }

    @Test("Waiting ends with exit code 0 for AC and 1 for another verdict")
    func waiting() async throws {
        let first = try desk.submit()
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        #expect(try desk.judge("result", "\(first)", "--wait").status == 0)
        let second = try desk.judge("submit", "sum", "main.cpp")
        try await desk.finish(late)
        #expect(try desk.judge("result", "\(first)", "2", "--wait").status == 1)
        #expect(try desk.judge("result", "2").status == 0)
        #expect(second.output == "2\n")
    }

    @Test("Who waits for a submission is woken by its verdict")
    func woken() async throws {
        _ = try desk.submit()
        let (process, output) = try desk.start("submit", "sum", "main.cpp", "--wait")
        #expect(output.availableData == Data("2\n".utf8))
        try await desk.finish(late)
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        let rest = try #require(try output.readToEnd())
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(String(decoding: rest, as: UTF8.self).hasPrefix("submission 2: AC, accepted\n"))
    }

    @Test("Ctrl-C ends waiting, and the submission stays in the queue")
    func interrupted() throws {
        _ = try desk.submit()
        let (process, output) = try desk.start("submit", "sum", "main.cpp", "--wait")
        #expect(output.availableData == Data("2\n".utf8))
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 130)
        #expect(
            try desk.judge("list", "--state", "queued").output.split(separator: "\n").count == 3)
    }

    private func withoutTimes(_ text: String) -> String {
        text.replacing(/"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"?/, with: "TIME")
    }
}
