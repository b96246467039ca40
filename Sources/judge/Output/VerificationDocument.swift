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
            ("time_limit_computed", .bool(verification.isComputed)),
            ("time_margins", Self.json(of: verification.margins)),
            ("faults", .array(verification.faults.map(JSON.string))),
            ("warnings", .array(verification.warnings.map(JSON.string))),
            ("submissions", .array(verification.submissions.map(Self.json(of:)))),
        ])
    }

    private static func json(of margins: TimeMargins) -> JSON {
        func json(_ use: TimeMargins.Use?) -> JSON {
            guard let use else { return .null }
            return .object([
                ("path", .string(use.path)), ("test", .string(use.test)),
                ("cpu_time_us", JSON(use.cpuTime)), ("ratio", .double(use.ratio)),
                ("all_tests", .bool(use.isWhole)),
            ])
        }
        return .object([
            ("slowest_in_time", json(margins.slowest)), ("fastest_too_late", json(margins.fastest)),
        ])
    }

    private static func json(of outcome: ExampleOutcome) -> JSON {
        let judgement = outcome.judgement
        return .object([
            ("path", .string(outcome.path)), ("language", .string(outcome.language)),
            ("verdict", .string(judgement.verdict.rawValue)), ("score", JSON(judgement.score)),
            ("expected", .array(outcome.expected.map { .string($0.rawValue) })),
            ("ok", .bool(outcome.ok)),
            ("complaints", .array(outcome.complaints.map(JSON.string))),
            ("reason", JSON(judgement.reason)), ("cpu_time_us", JSON(judgement.cpuTime)),
            ("memory_peak_bytes", JSON(judgement.memoryPeak)), ("tests", JSON(judgement.tests)),
        ])
    }

    /// One line for the package, a table of its examples, and what to look at.
    var text: String {
        let origin = verification.isComputed ? ", computed" : ""
        let limit = verification.timeLimit.map { ", time limit \($0.secondsText)\(origin)" } ?? ""
        let result = verification.ok ? "ok" : "not ok"
        var lines = ["\(Printable.line(verification.problem)): \(result)\(limit)"]
        lines += margins
        if !verification.submissions.isEmpty { lines += table.lines.map { "  " + $0 } }
        for outcome in verification.submissions {
            lines += outcome.complaints.map {
                "  not ok: \(Printable.line(outcome.path)): \(Printable.line($0))"
            }
        }
        lines += verification.faults.map { "  not ok: \(Printable.line($0))" }
        lines += verification.warnings.map { "  warning: \(Printable.line($0))" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// How near the examples come to the time limit on either side.
    private var margins: [String] {
        func line(_ what: String, _ use: TimeMargins.Use?, _ sign: String) -> [String] {
            guard let use else { return [] }
            let ratio = (use.ratio * 10).rounded() / 10
            return [
                "  \(what) \(use.cpuTime.secondsText) (limit \(sign) \(ratio)): "
                    + Printable.line("\(use.path) on \(use.test)")
            ]
        }
        return line("slowest in time ", verification.margins.slowest, "/")
            + line("fastest too late", verification.margins.fastest, "*")
    }

    private var table: TextTable {
        var table = TextTable([
            ("example", .left), ("language", .left), ("expected", .left), ("verdict", .left),
            ("score", .right), ("", .left), ("cpu time", .right), ("memory", .right),
            ("reason", .left),
        ])
        for outcome in verification.submissions {
            let judgement = outcome.judgement
            table.add([
                outcome.path, outcome.language,
                outcome.expected.isEmpty
                    ? "by parts"
                    : outcome.expected.map(\.rawValue).joined(separator: " or "),
                judgement.verdict.rawValue,
                judgement.score.map { "\($0)" } ?? "", outcome.ok ? "ok" : "NOT OK",
                judgement.cpuTime?.secondsText ?? "", judgement.memoryPeak?.description ?? "",
                judgement.reason?.text ?? "",
            ])
        }
        return table
    }
}
