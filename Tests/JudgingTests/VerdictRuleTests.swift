import JudgeCore
import Judging
import SandboxProtocol
import Testing
import Units

@Suite struct VerdictRuleTests {
    static let limits = RunLimits(
        cpuTime: .seconds(2), wallTime: .seconds(6), memory: .mebibytes(256), processes: 32,
        output: .mebibytes(8))

    struct Row: Sendable, CustomTestStringConvertible {
        var what: String
        var report: RunReport
        var verdict: Verdict
        var code: ReasonCode?
        var text: String?
        var answer = CheckerAnswer.accepted
        var testDescription: String { what }
    }

    static func report(
        _ base: RunReport, _ change: (inout RunReport) -> Void
    ) -> RunReport {
        var report = base
        change(&report)
        return report
    }

    static let rows: [Row] = [
        Row(what: "right and in time", report: .exit(0), verdict: .accepted),
        Row(
            what: "exactly the time limit", report: .exit(0, cpu: .seconds(2)),
            verdict: .accepted),
        Row(
            what: "a microsecond over", report: .exit(0, cpu: .microseconds(2_000_001)),
            verdict: .timeLimit, code: .cpuTime, text: "used 2.000 s of 2.000 s"),
        Row(
            what: "stopped at the time limit",
            report: report(.ended(.cpuTime)) { $0.cpuTime = .microseconds(2_013_120) },
            verdict: .timeLimit, code: .cpuTime, text: "used 2.013 s of 2.000 s"),
        Row(
            what: "too slow and crashed",
            report: report(.ended(.signaled, signal: 11)) { $0.cpuTime = .seconds(3) },
            verdict: .timeLimit, code: .cpuTime),
        Row(
            what: "too slow and out of memory",
            report: report(.ended(.memory)) { $0.cpuTime = .seconds(3) },
            verdict: .timeLimit, code: .cpuTime),
        Row(
            what: "slept",
            report: report(.ended(.wallTime)) { $0.wallTime = .milliseconds(6_001) },
            verdict: .timeLimit, code: .wallTime,
            text: "took 6.001 s of 6.000 s by the clock, with 0.001 s of CPU time"),
        Row(
            what: "idle", report: report(.ended(.idle)) { $0.wallTime = .milliseconds(6_001) },
            verdict: .timeLimit, code: .idle,
            text: "took 6.001 s of 6.000 s by the clock and only waited in the second half of it; "
                + "0.001 s of CPU time in all"),
        Row(
            what: "out of memory",
            report: report(.ended(.memory)) { $0.memoryPeak = .mebibytes(256) },
            verdict: .memoryLimit, code: .memoryLimit,
            text: "peak 256.0 MiB of 256.0 MiB, killed by the memory limit"),
        Row(
            what: "a child was killed for memory, the parent carried on",
            report: report(.exit(0)) { $0.oomKills = 1 }, verdict: .memoryLimit,
            code: .memoryLimit),
        Row(
            what: "much page cache but nothing killed",
            report: report(.exit(0)) { $0.memoryPeak = .mebibytes(256) }, verdict: .accepted),
        Row(
            what: "non-zero exit after the right answer", report: .exit(3),
            verdict: .runTimeError, code: .exitCode, text: "exited with code 3"),
        Row(
            what: "exit code that looks like a kill", report: .exit(137),
            verdict: .runTimeError, code: .exitCode, text: "exited with code 137"),
        Row(
            what: "segmentation fault", report: .ended(.signaled, signal: 11),
            verdict: .runTimeError, code: .signal, text: "was ended by signal 11 (SIGSEGV)"),
        Row(
            what: "refused memory before it had any",
            report: report(.exit(1)) { $0.memoryComplaint = "MemoryError" },
            verdict: .memoryLimit, code: .memoryLimit,
            text:
                "exited with code 1 and said MemoryError: was refused memory at a peak of 1.0 MiB of "
                + "256.0 MiB"),
        Row(
            what: "a bad end at the memory limit",
            report: report(.ended(.memory, signal: 6)) {
                $0.reason = "peak 255.9 MiB of 256.0 MiB"
            },
            verdict: .memoryLimit, code: .memoryLimit, text: "peak 255.9 MiB of 256.0 MiB"),
        Row(
            what: "killed itself", report: .ended(.signaled, signal: 9), verdict: .runTimeError,
            code: .signal, text: "was ended by signal 9 (SIGKILL)"),
        Row(
            what: "real-time signal", report: .ended(.signaled, signal: 40),
            verdict: .runTimeError, code: .signal,
            text: "was ended by signal 40 (a real-time signal)"),
        Row(
            what: "forbidden call",
            report: report(.ended(.signaled, signal: 31)) { $0.filteredCall = "getpid (i386)" },
            verdict: .runTimeError, code: .filteredCall,
            text: "made the system call getpid (i386), for which the filter ends a run"),
        Row(
            what: "the filter's signal, sent by the program", report: .ended(.signaled, signal: 31),
            verdict: .runTimeError, code: .signal, text: "was ended by signal 31 (SIGSYS)"),
        Row(
            what: "process limit", report: .ended(.processes), verdict: .runTimeError,
            code: .processLimit, text: "hit the limit of 32 processes and threads"),
        Row(
            what: "gave up when it could not fork",
            report: report(.exit(1)) { $0.processLimitHits = 5 }, verdict: .runTimeError,
            code: .processLimit,
            text: "exited with code 1 after it hit the limit of 32 processes and threads"),
        Row(
            what: "could not fork but answered",
            report: report(.exit(0)) { $0.processLimitHits = 5 }, verdict: .accepted),
        Row(
            what: "flooded", report: report(.ended(.output)) { $0.stdoutBytes = .mebibytes(9) },
            verdict: .outputLimit, code: .outputLimit,
            text: "wrote 9.0 MiB of 8.0 MiB, stopped by the output limit"),
        Row(
            what: "both streams together over the output limit",
            report: report(.exit(0)) {
                $0.stdoutBytes = .mebibytes(4)
                $0.stderrBytes = ByteCount((4 << 20) + 1)
            }, verdict: .outputLimit, code: .outputLimit),
        Row(
            what: "exactly the output limit",
            report: report(.exit(0)) { $0.stdoutBytes = .mebibytes(8) }, verdict: .accepted),
        Row(
            what: "too much output and a non-zero exit",
            report: report(.exit(1)) { $0.stdoutBytes = .mebibytes(9) }, verdict: .runTimeError,
            code: .exitCode),
        Row(
            what: "wrong", report: .exit(0), verdict: .wrongAnswer, code: .wrongOutput,
            text: "line 1", answer: .rejected("line 1")),
        Row(
            what: "wrong but crashed first", report: .exit(1), verdict: .runTimeError,
            code: .exitCode, answer: .rejected("line 1")),
        Row(
            what: "checker failed", report: .exit(0), verdict: .judgeError,
            code: .checkerCrashed, text: "boom", answer: .failed(Reason(.checkerCrashed, "boom"))),
    ]

    @Test("A report, limits and the checker's answer make one verdict", arguments: rows)
    func row(_ row: Row) throws {
        let decision =
            try VerdictRule.decide(row.report, limits: Self.limits, programIsSubmitted: true)
            ?? VerdictRule.decide(Opinion(row.answer))
        #expect(decision.verdict == row.verdict)
        #expect(decision.reason?.code == row.code)
        if let text = row.text { #expect(decision.reason?.text == text) }
    }

    @Test("A crash beyond a stack smaller than the memory says so")
    func smallStack() throws {
        var limits = Self.limits
        limits.stack = .mebibytes(8)
        var report = RunReport.ended(.signaled, signal: 11)
        report.memoryPeak = .mebibytes(9)
        let decision = try VerdictRule.decide(report, limits: limits, programIsSubmitted: true)
        #expect(decision?.verdict == .runTimeError)
        #expect(
            decision?.reason?.text
                == "was ended by signal 11 (SIGSEGV); it had used 9.0 MiB, and its stack may hold 8.0 MiB"
        )
    }

    @Test("The checker is asked only when the run itself was fine")
    func checkerLast() throws {
        for row in Self.rows where ![.wrongAnswer, .judgeError].contains(row.verdict) {
            let decision = try VerdictRule.decide(
                row.report, limits: Self.limits, programIsSubmitted: true)
            #expect((decision == nil) == (row.verdict == .accepted), "\(row.what)")
        }
    }

    @Test("A sandbox that could not be set up is thrown, with the step, and is no verdict")
    func setupFailed() {
        var report = RunReport(outcome: .setupFailed)
        report.reason = "mount /proc in the box: operation not permitted"
        #expect(throws: JudgingError.machine("mount /proc in the box: operation not permitted")) {
            try VerdictRule.decide(report, limits: Self.limits, programIsSubmitted: true)
        }
    }

    @Test("A program that no kernel starts is the submitter's fault, an interpreter the machine's")
    func notExecutable() throws {
        var report = RunReport(outcome: .setupFailed)
        report.execErrno = 8
        report.reason = "execute /box/program: exec format error"
        let decision = try VerdictRule.decide(
            report, limits: Self.limits, programIsSubmitted: true)
        #expect(decision?.verdict == .runTimeError)
        #expect(
            decision?.reason
                == Reason(
                    .execFailed,
                    "could not be started: execute /box/program: exec format error"))
        #expect(throws: JudgingError.self) {
            try VerdictRule.decide(report, limits: Self.limits, programIsSubmitted: false)
        }
    }
}
