import JudgeCore
import Judging
import Units

/// What `judge problem verify` says of one package.
struct VerificationDocument {
    private let verification: Verification

    init(_ verification: Verification) {
        self.verification = verification
    }

    var json: JSON {
        .object([
            ("problem", .string(verification.problem)),
            ("time_limit_us", JSON(verification.timeLimit)), ("ok", .bool(verification.ok)),
            ("warnings", .array(verification.warnings.map(JSON.string))),
            ("submissions", .array(verification.submissions.map(Self.json(of:)))),
        ])
    }

    private static func json(of outcome: ExampleOutcome) -> JSON {
        let judgement = outcome.judgement
        return .object([
            ("path", .string(outcome.path)), ("language", .string(outcome.language)),
            ("verdict", .string(judgement.verdict.rawValue)), ("score", JSON(judgement.score)),
            ("expected", .array(outcome.expected.map { .string($0.rawValue) })),
            ("ok", .bool(outcome.ok)), ("cpu_time_us", JSON(judgement.cpuTime)),
            ("memory_peak_bytes", JSON(judgement.memoryPeak)), ("tests", JSON(judgement.tests)),
        ])
    }

    /// One line for the package, a table of its examples, and what to look at.
    var text: String {
        let limit = verification.timeLimit.map { ", time limit \($0.secondsText)" } ?? ""
        let result = verification.ok ? "ok" : "not ok"
        var lines = ["\(Printable.line(verification.problem)): \(result)\(limit)"]
        if !verification.submissions.isEmpty { lines += table.lines.map { "  " + $0 } }
        lines += verification.warnings.map { "  warning: \(Printable.line($0))" }
        return lines.joined(separator: "\n") + "\n"
    }

    private var table: TextTable {
        var table = TextTable([
            ("example", .left), ("language", .left), ("expected", .left), ("verdict", .left),
            ("", .left), ("cpu time", .right), ("memory", .right), ("reason", .left),
        ])
        for outcome in verification.submissions {
            let judgement = outcome.judgement
            table.add([
                outcome.path, outcome.language,
                outcome.expected.map(\.rawValue).joined(separator: " or "),
                judgement.verdict.rawValue, outcome.ok ? "ok" : "NOT OK",
                judgement.cpuTime?.secondsText ?? "", judgement.memoryPeak?.description ?? "",
                judgement.reason?.text ?? "",
            ])
        }
        return table
    }
}
