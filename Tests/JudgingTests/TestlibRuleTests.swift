import JudgeCore
import Judging
import SandboxProtocol
import Testing
import Units

@Suite struct TestlibRuleTests {
    private static func opinion(
        _ report: RunReport, _ stderr: String, points: Double? = nil, isScoring: Bool = false
    ) throws -> Opinion {
        try opinion(report, Array(stderr.utf8), points: points, isScoring: isScoring)
    }

    private static func opinion(
        _ report: RunReport, _ stderr: [UInt8], points: Double? = nil, isScoring: Bool = false
    ) throws -> Opinion {
        try TestlibRule.opinion(
            report, of: "the checker c.cpp", isOwnProgram: true,
            limits: RunLimits(
                cpuTime: .seconds(1), wallTime: .seconds(3), memory: .mebibytes(64), processes: 1,
                openFiles: 16, fileSize: .mebibytes(1), tmpSize: .mebibytes(1),
                output: .mebibytes(1)),
            stderr: stderr, points: points, isScoring: isScoring, kept: .kibibytes(4))
    }

    static let codes: [(code: Int32, text: String, verdict: Verdict)] = [
        (0, "ok 3 numbers", .accepted), (0, "", .accepted),
        (1, "wrong answer 1st numbers differ", .wrongAnswer),
        (2, "wrong output format Unexpected end of file", .wrongAnswer),
        (2, "wrong output format Extra information in the output file", .wrongAnswer),
        (4, "wrong output format Extra information", .wrongAnswer),
        (8, "unexpected eof 2nd number", .wrongAnswer),
        (3, "FAIL Checker must end with quit or quitf call.", .judgeError),
        (3, "FAIL Expected integer, but \"9999999999\" found", .judgeError),
        (5, "", .judgeError), (6, "", .judgeError), (9, "", .judgeError), (16, "", .judgeError),
        (42, "", .judgeError), (43, "", .judgeError), (127, "", .judgeError),
        (255, "", .judgeError),
    ]

    @Test("Every exit code of testlib has its meaning, and every other is the checker's failure")
    func exitCodes() throws {
        for (code, text, verdict) in Self.codes {
            let decision = VerdictRule.decide(try Self.opinion(.exit(code), text))
            #expect(decision.verdict == verdict, "\(code) \(text)")
            #expect(decision.checkerMessage.contains(text), "\(code)")
            if verdict == .judgeError { #expect(decision.reason?.code == .checkerCrashed) }
            if verdict == .wrongAnswer { #expect(decision.reason?.text == text) }
        }
    }

    static let partial: [(code: Int32, text: String, verdict: Verdict, given: GivenScore)] = [
        (0, "partially correct (0) x", .wrongAnswer, .multiplier(0)),
        (1, "partially correct (1)", .wrongAnswer, .multiplier(0.01)),
        (2, "partially correct (2) x", .wrongAnswer, .multiplier(0.02)),
        (3, "partially correct (3) x", .wrongAnswer, .multiplier(0.03)),
        (7, "partially correct (7) x", .wrongAnswer, .multiplier(0.07)),
        (50, "partially correct (50) x", .wrongAnswer, .multiplier(0.5)),
        (100, "partially correct (100) x", .accepted, .none),
        (200, "partially correct (200) x", .judgeError, .none),
        // Another number than the exit code, or another word first: the code alone counts.
        (50, "partially correct (49) x", .judgeError, .none),
        (50, "50", .judgeError, .none),
        (1, "wrong answer\npartially correct (1)", .wrongAnswer, .none),
        (0, "ok\npartially correct (0)", .accepted, .none),
        (1, "debug\npartially correct (1) x", .wrongAnswer, .multiplier(0.01)),
    ]

    @Test("A partial result is told from an exit code by the verdict line alone")
    func partialResults() throws {
        for (code, text, verdict, given) in Self.partial {
            let decision = VerdictRule.decide(
                try Self.opinion(.exit(code), text, points: 10, isScoring: true))
            #expect(decision.verdict == verdict, "\(code) \(text)")
            #expect(decision.given == given, "\(code) \(text)")
        }
        let passFail = VerdictRule.decide(try Self.opinion(.exit(50), "partially correct (50)"))
        #expect(passFail.verdict == .wrongAnswer && passFail.given == .none)
    }

    static let points: [(text: String, most: Double?, verdict: Verdict, given: GivenScore)] = [
        ("points 2.5 near", 5, .wrongAnswer, .points(2.5)),
        ("points 0", 5, .wrongAnswer, .points(0)),
        ("points 5 all", 5, .accepted, .points(5)), ("points 7", nil, .wrongAnswer, .points(7)),
        ("points 1000000", nil, .wrongAnswer, .points(1_000_000)),
        ("debug\npoints 1", 5, .wrongAnswer, .points(1)),
        ("points points_info=a=b 3", 5, .judgeError, .none), ("points", 5, .judgeError, .none),
        ("points -1", 5, .judgeError, .none), ("points nan", 5, .judgeError, .none),
        ("points inf", 5, .judgeError, .none), ("points 1000001", nil, .judgeError, .none),
        ("points 1,5", 5, .judgeError, .none), ("", 5, .judgeError, .none),
        ("wrong answer\npoints 5", 5, .judgeError, .none),
    ]

    @Test(
        "Points are read from the verdict line; what is no number from 0 to a million is a failure")
    func pointsGiven() throws {
        for (text, most, verdict, given) in Self.points {
            let decision = VerdictRule.decide(
                try Self.opinion(.exit(7), text, points: most, isScoring: true))
            #expect(decision.verdict == verdict, "\(text)")
            #expect(decision.given == given, "\(text)")
        }
    }

    @Test("Points in a pass-fail problem accept nothing")
    func pointsInPassFail() throws {
        for text in ["points 0", "points 1", "points 100 all"] {
            let decision = VerdictRule.decide(try Self.opinion(.exit(7), text))
            #expect(decision.verdict == .wrongAnswer && decision.given == .none)
        }
        let none = VerdictRule.decide(try Self.opinion(.exit(7), "points points_info=a=b"))
        #expect(none.verdict == .judgeError)
    }

    @Test("What stops a checker is its failure, whatever it said before")
    func stopped() throws {
        var killed = RunReport.exit(0)
        killed.oomKills = 1
        let reports: [(RunReport, String)] = [
            (.ended(.cpuTime), "of 1.000 s"), (.ended(.wallTime), "by the clock"),
            (.ended(.idle), "only waited"), (.ended(.memory), "was stopped: "),
            (.ended(.output), "stopped by the output limit"), (.ended(.processes), "processes"),
            (.ended(.signaled, signal: 11), "signal 11 (SIGSEGV)"), (killed, "was stopped: "),
        ]
        for (report, words) in reports {
            let decision = VerdictRule.decide(
                try Self.opinion(report, "ok all is well", points: 1, isScoring: true))
            #expect(decision.verdict == .judgeError && decision.given == .none)
            #expect(decision.reason?.text.hasPrefix("the checker c.cpp ") == true)
            #expect(decision.reason?.text.contains(words) == true, "\(decision.reason?.text ?? "")")
            #expect(decision.checkerMessage.hasSuffix("\nok all is well"))
        }
        #expect(throws: JudgingError.self) { try Self.opinion(.ended(.setupFailed), "") }
    }

    @Test("A message of any bytes and any length is kept safe and short")
    func messages() throws {
        let cyrillic = Array("wrong answer ".utf8) + [0xCF, 0xF0, 0xE8, 0x1B, 0x07]
        let decision = VerdictRule.decide(try Self.opinion(.exit(1), cyrillic))
        #expect(decision.checkerMessage.hasPrefix("wrong answer \u{FFFD}"))
        #expect(decision.checkerMessage.unicodeScalars.allSatisfy { $0.value >= 32 })
        let long = Array("wrong answer <b>\"".utf8) + [UInt8](repeating: 120, count: 32_000)
        let cut = VerdictRule.decide(try Self.opinion(.exit(1), long))
        #expect(cut.checkerMessage.utf8.count <= 4_096)
        #expect(cut.checkerMessage.contains(" bytes left out]"))
        #expect(cut.reason.map { $0.text.count <= 200 } == true)
        #expect(cut.reason?.text.hasPrefix("wrong answer <b>\"x") == true)
    }

    @Test("Every exit code of an interactor has its meaning")
    func interactor() {
        for code: Int32 in [0, 7] {
            #expect(TestlibRule.leavesItToTheChecker(.exit(code)))
            #expect(!TestlibRule.isSettled(.exit(code), wasTold: false))
        }
        // A rejection settles it, unless the submission's own end may have brought it about.
        for code: Int32 in [1, 2, 4, 8] {
            #expect(!TestlibRule.leavesItToTheChecker(.exit(code)))
            #expect(TestlibRule.isSettled(.exit(code), wasTold: false))
            #expect(!TestlibRule.isSettled(.exit(code), wasTold: true))
        }
        #expect(TestlibRule.isSettled(.exit(3), wasTold: true))
        #expect(TestlibRule.isSettled(.ended(.signaled, signal: 11), wasTold: true))
        #expect(!TestlibRule.leavesItToTheChecker(.ended(.cpuTime)))
    }
}
