// Theory of operation. Who of two processes gets the processor first is chance; a verdict must not be.
// Each behaviour here is judged many times over and has one verdict: by default 20 times, and as often
// as JUDGE_SOAK_RUNS says (1000 for the whole). No behaviour depends on how fast the machine is: where
// a limit decides, it is one that the behaviour breaks by any length.

import Foundation
import Testing

/// How two sides behave, and what comes of it.
struct TalkCase: Sendable, CustomTestStringConvertible {
    var name: String
    var validator: [String]
    var submission: [String]
    var verdict: String
    /// Code of the reason; nil for AC.
    var reason: String?
    /// Another one that a slow machine may come to.
    var otherReason: String?
    var timeLimit = 10.0
    var validationTime = 20.0
    /// By the clock, of judge.conf.
    var wallMinimum = "20s"

    var testDescription: String { name }

    private static let polite = ["say question", "hear", "at-end 43", "exit 42"]
    private static let judging = ["say question", "hear", "exit 42"]

    static let all: [TalkCase] = fair + early + silent + late + broken

    private static let fair: [TalkCase] = [
        TalkCase(
            name: "both keep to the rules", validator: polite,
            submission: ["hear", "say answer", "exit 0"], verdict: "AC"),
        TalkCase(
            name: "submission fills standard error", validator: polite,
            submission: ["complain 1000000", "hear", "say answer", "exit 0"], verdict: "AC"),
        TalkCase(
            name: "validator fills standard error", validator: ["complain 1000000"] + polite,
            submission: ["hear", "say answer", "exit 0"], verdict: "AC"),
        TalkCase(
            name: "submission closes standard input",
            validator: ["flood 1000000", "hear", "at-end 43", "exit 42"],
            submission: ["close-input", "say answer", "exit 0"], verdict: "AC"),
        TalkCase(
            name: "submission writes on after the validator accepted", validator: judging,
            submission: ["hear", "say answer", "drain", "flood 1000000", "exit 0"], verdict: "AC"),
        TalkCase(
            name: "submission answers twice where once is allowed",
            validator: ["hear", "hear", "at-end 42", "exit 43"],
            submission: ["say answer", "say answer", "exit 0"], verdict: "WA",
            reason: "wrong-output"),
        TalkCase(
            name: "a thousand small messages", validator: ["ask 1000", "exit 42"],
            submission: ["answer 1000", "exit 0"], verdict: "AC"),
    ]

    private static let early: [TalkCase] = [
        TalkCase(
            name: "submission exits early, validator rejects", validator: polite,
            submission: ["exit 0"], verdict: "WA", reason: "wrong-output"),
        TalkCase(
            name: "submission exits early, validator accepts", validator: ["drain", "exit 42"],
            submission: ["exit 0"], verdict: "AC"),
        TalkCase(
            name: "submission exits early with an error", validator: polite,
            submission: ["exit 3"], verdict: "RTE", reason: "exit-code"),
        TalkCase(
            name: "validator accepts at once, submission goes on to its end",
            validator: ["exit 42"], submission: ["drain", "exit 0"], verdict: "AC"),
        TalkCase(
            name: "validator rejects, then submission crashes",
            validator: ["say wrong", "exit 43"], submission: ["hear", "crash"], verdict: "WA",
            reason: "wrong-output"),
        TalkCase(
            name: "validator rejects, then submission computes for ever",
            validator: ["say wrong", "exit 43"], submission: ["hear", "spin"], verdict: "WA",
            reason: "wrong-output"),
        TalkCase(
            name: "submission answers wrongly and crashes at once",
            validator: ["hear", "exit 43"], submission: ["say answer", "crash"], verdict: "WA",
            reason: "wrong-output"),
        TalkCase(
            name: "submission crashes while the validator computes its rejection",
            validator: ["hear", "spin 20", "exit 43"], submission: ["say answer", "crash"],
            verdict: "WA", reason: "wrong-output"),
        TalkCase(
            name: "submission answers rightly and crashes", validator: judging,
            submission: ["hear", "say answer", "crash"], verdict: "RTE", reason: "signal"),
        TalkCase(
            name: "submission crashes within a line", validator: polite,
            submission: ["hear", "mutter ans", "crash"], verdict: "RTE", reason: "signal"),
        TalkCase(
            name: "validator closes its output, submission crashes at the end of its input",
            validator: ["close-output", "hear", "at-end 43", "exit 42"],
            submission: ["hear", "crash"], verdict: "RTE", reason: "signal"),
    ]

    private static let silent: [TalkCase] = [
        TalkCase(
            name: "both wait", validator: ["hear", "at-end 43", "exit 42"],
            submission: ["hear", "exit 0"], verdict: "TLE", reason: "idle"),
        TalkCase(
            name: "submission waits for nobody after the validator accepted",
            validator: ["exit 42"], submission: ["wait"], verdict: "TLE", reason: "idle"),
        TalkCase(
            name: "submission never reads what the validator floods",
            validator: ["flood 1000000", "hear", "at-end 43", "exit 42"], submission: ["wait"],
            verdict: "TLE", reason: "idle"),
        TalkCase(
            name: "validator floods for ever", validator: ["flood"], submission: ["wait"],
            verdict: "JE", reason: "checker-crashed"),
        TalkCase(
            name: "submission never reads and exits",
            validator: ["flood 1000000", "hear", "at-end 43", "exit 42"],
            submission: ["exit 0"], verdict: "WA", reason: "wrong-output"),
        TalkCase(
            name: "submission closes its output and reads on",
            validator: ["hear", "at-end 43", "exit 42"],
            submission: ["close-output", "drain", "exit 0"], verdict: "WA",
            reason: "wrong-output"),
        TalkCase(
            name: "submission closes its output and crashes",
            validator: ["hear", "at-end 43", "exit 42"],
            submission: ["close-output", "drain", "crash"], verdict: "RTE", reason: "signal"),
    ]

    private static let late: [TalkCase] = [
        TalkCase(
            name: "submission computes for ever", validator: polite, submission: ["hear", "spin"],
            verdict: "TLE", reason: "cpu-time", timeLimit: 0.1),
        TalkCase(
            name: "submission answers rightly and computes for ever", validator: judging,
            submission: ["hear", "say answer", "spin"], verdict: "TLE", reason: "cpu-time",
            timeLimit: 0.1),
        TalkCase(
            name: "submission closes its output and computes for ever",
            validator: ["hear", "at-end 43", "exit 42"], submission: ["close-output", "spin"],
            verdict: "TLE", reason: "cpu-time", timeLimit: 0.1),
        TalkCase(
            name: "submission sleeps", validator: polite, submission: ["sleep"], verdict: "TLE",
            reason: "idle", otherReason: "wall-time", timeLimit: 0.1, wallMinimum: "100ms"),
        TalkCase(
            name: "submission floods what the validator reads", validator: ["drain", "exit 43"],
            submission: ["flood"], verdict: "OLE", reason: "output-limit"),
        TalkCase(
            name: "submission floods what the validator rejects", validator: ["hear", "exit 43"],
            submission: ["say answer", "flood"], verdict: "WA", reason: "wrong-output"),
    ]

    private static let broken: [TalkCase] = [
        TalkCase(
            name: "validator crashes", validator: ["say question", "crash"],
            submission: ["drain", "exit 0"], verdict: "JE", reason: "checker-crashed"),
        TalkCase(
            name: "validator crashes, submission too", validator: ["crash"],
            submission: ["crash"], verdict: "JE", reason: "checker-crashed"),
        TalkCase(
            name: "validator exits with 0 after a wrong answer", validator: ["hear", "exit 0"],
            submission: ["say answer", "exit 3"], verdict: "JE", reason: "checker-crashed"),
        TalkCase(
            name: "validator waits for nobody after the submission ended", validator: ["wait"],
            submission: ["exit 0"], verdict: "JE", reason: "checker-crashed"),
        TalkCase(
            name: "validator sleeps after the submission ended", validator: ["sleep"],
            submission: ["exit 0"], verdict: "JE", reason: "checker-crashed", validationTime: 0.1,
            wallMinimum: "100ms"),
        TalkCase(
            name: "validator computes for ever", validator: ["spin"],
            submission: ["drain", "exit 0"], verdict: "JE", reason: "checker-crashed",
            validationTime: 0.1),
    ]
}

/// Interactive problems in the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct InteractionTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    private static let runs =
        ProcessInfo.processInfo.environment["JUDGE_SOAK_RUNS"].flatMap { Int($0) } ?? 20

    @Test(
        "Every way of talking has one verdict, however often it is tried", arguments: TalkCase.all)
    func oneVerdict(talk: TalkCase) throws {
        try Talk.write(
            desk, to: "talk", validator: talk.validator, submission: talk.submission,
            tests: Self.runs, timeLimit: talk.timeLimit, validationTime: talk.validationTime)
        let settings = try desk.write(
            "c.conf", "[limits]\nwall_minimum = \"\(talk.wallMinimum)\"\n")
        let answer = try desk.judge(
            "run", "talk", "talk.c", "--all-tests", "--json", "--config", settings)
        #expect(answer.complaint.isEmpty, "\(answer.complaint)")
        let judged = try JSONDecoder().decode(Judged.self, from: Data(answer.output.utf8))
        let found = judged.tests.reduce(into: [String: Int]()) { counts, test in
            let code = test.reason?.code ?? ""
            let usual = code == talk.otherReason ? talk.reason ?? "" : code
            counts["\(test.verdict) \(usual)", default: 0] += 1
        }
        #expect(found == ["\(talk.verdict) \(talk.reason ?? "")": Self.runs])
    }

    private struct Judged: Decodable {
        struct Why: Decodable {
            var code: String
        }
        struct Test: Decodable {
            var verdict: String
            var reason: Why?
        }
        var tests: [Test]
    }
}
