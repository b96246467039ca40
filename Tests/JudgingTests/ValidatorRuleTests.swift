import JudgeCore
import Judging
import SandboxProtocol
import Testing
import Units

@Suite struct ValidatorRuleTests {
    private static let limits = RunLimits(
        cpuTime: .seconds(1), wallTime: .seconds(3), memory: .mebibytes(64), processes: 9,
        output: .mebibytes(1))

    private static func answer(
        _ report: RunReport, written: ByteCount = .zero, message: String = "", own: Bool = true
    ) throws -> CheckerAnswer {
        try ValidatorRule.answer(
            report, of: "the output validator v", isOwnProgram: own, limits: limits,
            written: written,
            outputLimit: .mebibytes(1), message: message)
    }

    @Test("42 accepts and 43 rejects, with the first line of the message if there is one")
    func answers() throws {
        #expect(try Self.answer(.exit(42)) == .accepted)
        #expect(
            try Self.answer(.exit(43)) == .rejected("the output validator v rejects it"))
        #expect(try Self.answer(.exit(43), message: "one\ntwo") == .rejected("one"))
        let long = String(repeating: "x", count: 1_000)
        guard case .rejected(let text) = try Self.answer(.exit(43), message: long) else {
            Issue.record("a rejection is expected")
            return
        }
        #expect(text.count == 200 && text.hasSuffix("..."))
    }

    @Test("Every other exit code is the validator's failure", arguments: [0, 1, 41, 44, 127, 255])
    func codes(code: Int32) throws {
        #expect(
            try Self.answer(.exit(code))
                == .failed(
                    Reason(
                        .checkerCrashed,
                        "the output validator v exited with code \(code), which is neither 42 nor 43"
                    )))
    }

    @Test("What stops a validator is its failure, and no answer it gave before counts")
    func endings() throws {
        let words: [RunOutcome: String] = [
            .signaled: "signal 9", .cpuTime: "used ", .wallTime: "took ", .idle: "waited",
            .memory: "memory limit", .output: "output limit", .processes: "limit of 9 processes",
        ]
        for (outcome, word) in words {
            var report = RunReport.ended(outcome)
            report.exitCode = outcome == .signaled ? nil : 42
            guard case .failed(let reason) = try Self.answer(report) else {
                Issue.record("\(outcome) is accepted")
                continue
            }
            #expect(reason.code == .checkerCrashed)
            #expect(reason.text.contains(word), "\(reason.text)")
        }
        var killed = RunReport.exit(42)
        killed.oomKills = 1
        guard case .failed = try Self.answer(killed) else {
            Issue.record("a validator that lost a process to the memory limit is accepted")
            return
        }
    }

    @Test("Feedback and output together must stay within the limit")
    func output() throws {
        var report = RunReport.exit(42)
        report.stdoutBytes = .kibibytes(24)
        #expect(try Self.answer(report, written: .kibibytes(1_000)) == .accepted)
        guard case .failed(let reason) = try Self.answer(report, written: .kibibytes(1_004)) else {
            Issue.record("too much feedback is accepted")
            return
        }
        #expect(reason.text.hasSuffix("wrote 1.0 MiB of 1.0 MiB, its feedback included"))
    }

    @Test("A validator that no kernel starts is the package's fault, an interpreter the machine's")
    func unstartable() throws {
        var report = RunReport(outcome: .setupFailed)
        report.reason = "execute /box/run: no such file"
        #expect(throws: JudgingError.machine("execute /box/run: no such file")) {
            try Self.answer(report)
        }
        report.execErrno = 2
        guard case .failed = try Self.answer(report) else {
            Issue.record("a validator that did not start is accepted")
            return
        }
        #expect(throws: JudgingError.self) { try Self.answer(report, own: false) }
    }

    @Test("A score is one finite number in one of two files")
    func scores() {
        func score(
            _ points: String?, _ factor: String? = nil, required: Bool = false
        ) -> GivenScore? {
            ValidatorRule.score(
                points: points.map { Array($0.utf8) }, multiplier: factor.map { Array($0.utf8) },
                isRequired: required)
        }
        #expect(score(nil) == GivenScore.none)
        #expect(score(nil, required: true) == nil)
        #expect(score(" 12.5\n") == .points(12.5))
        #expect(score(nil, "0.5") == .multiplier(0.5))
        #expect(score("1e3") == .points(1_000))
        let wrong = ["", "1 2", "nan", "inf", "x", "1e999", "0x1p3", "1_0"]
        for text in wrong + [String(repeating: "1", count: 65)] {
            #expect(score(text) == nil, "\(text)")
        }
        #expect(score("1", "1") == nil)
    }
}
