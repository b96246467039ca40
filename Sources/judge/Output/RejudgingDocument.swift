import JudgeCore
import Store

/// What a command shows of a set of submissions that are judged again, as JSON or as text.
struct RejudgingDocument {
    /// nil for a set that is only looked at.
    var set: Rejudging?
    /// What it is, or would be, made of.
    var selection: String
    var submissions: [RejudgedSubmission]

    /// Of a set that there is.
    init(_ found: (set: Rejudging, submissions: [RejudgedSubmission])) {
        set = found.set
        selection = found.set.selection
        submissions = found.submissions
    }

    /// Of one that there might be.
    init(preview submissions: [RejudgedSubmission], of selection: RejudgingSelection) {
        self.selection = selection.text
        self.submissions = submissions
    }

    /// One object, with the submissions as an array at its end; the state of a set that is only looked
    /// at is `preview`.
    var json: JSON {
        var members = Self.members(of: set)
        if set == nil {
            let known: [String: JSON] = [
                "selection": .string(selection), "state": .string("preview"),
                "submissions": JSON(submissions.count),
            ]
            members = members.map { ($0.key, known[$0.key] ?? $0.value) }
        }
        return .object(members + [("details", .array(submissions.map(Self.json)))])
    }

    /// The line about the set, and the difference that it makes.
    var text: String {
        guard let set else { return previewText }
        return Self.sentence(set) + "\n" + differenceText
    }

    /// The keys of a set; all null where there is none.
    static func members(of set: Rejudging?) -> [(key: String, value: JSON)] {
        [
            ("rejudging", JSON(set?.name)), ("selection", JSON(set?.selection)),
            ("state", JSON(set?.state.rawValue)), ("created_at", JSON(set?.createdAt)),
            ("submissions", JSON(set?.submissions)), ("waiting", JSON(set?.waiting)),
            ("judged", JSON(set?.judged)), ("failed", JSON(set?.failed)),
            ("cancelled", JSON(set?.cancelled)), ("changed", JSON(set?.changed)),
        ]
    }

    private static func json(_ submission: RejudgedSubmission) -> JSON {
        .object([
            ("submission", JSON(submission.submission)), ("problem", .string(submission.problem)),
            ("language", .string(submission.language)), ("user", JSON(submission.user)),
            ("state", JSON(submission.state?.rawValue)),
            ("verdict_before", JSON(submission.before?.verdict.rawValue)),
            ("score_before", JSON(submission.before?.score)),
            ("verdict_after", JSON(submission.after?.verdict.rawValue)),
            ("score_after", JSON(submission.after?.score)),
            ("new_package", .bool(submission.hasNewPackage)),
        ])
    }

    /// A line about the set.
    static func sentence(_ set: Rejudging) -> String {
        let others = [
            (set.failed, "failed"), (set.cancelled, "cancelled"), (set.waiting, "waiting"),
        ]
        let rest = others.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
        return Printable.line(set.name)
            + ": \(set.state.rawValue), \(set.judged) of \(set.submissions) judged, "
            + "\(set.changed) changed\(rest) (\(Printable.line(set.selection)))"
    }

    /// How often which verdict became which, then what is not as it was.
    private var differenceText: String {
        let judged = submissions.filter { $0.state == .done }
        var counts: [String: (before: String, after: String, count: Int)] = [:]
        for submission in judged {
            let (before, after) = (Self.text(submission.before), Self.text(submission.after))
            counts["\(before) \(after)", default: (before, after, 0)].count += 1
        }
        var matrix = TextTable([("before", .left), ("after", .left), ("submissions", .right)])
        for row in counts.sorted(by: { $0.key < $1.key }).map(\.value) {
            matrix.add([row.before, row.after, "\(row.count)"])
        }
        let changed = submissions.filter(\.isChanged)
        let parts = [
            judged.isEmpty ? nil : matrix, changed.isEmpty ? nil : Self.table(of: changed),
        ]
        return parts.compactMap(\.self)
            .map { "\n" + $0.lines.map { "  \($0)\n" }.joined() }.joined()
    }

    /// Each submission, for a set that is only looked at.
    private var previewText: String {
        let count = submissions.count == 1 ? "1 submission" : "\(submissions.count) submissions"
        let changed = submissions.count(where: \.hasNewPackage)
        let head =
            "\(count) would be judged again, \(changed) by a package that has changed since\n"
        guard !submissions.isEmpty else { return head }
        var table = TextTable([
            ("submission", .right), ("problem", .left), ("language", .left), ("user", .left),
            ("verdict", .left), ("package", .left),
        ])
        for submission in submissions {
            table.add([
                "\(submission.submission)", submission.problem, submission.language,
                submission.user ?? "", Self.text(submission.before),
                submission.hasNewPackage ? "changed" : "same",
            ])
        }
        return head + "\n" + table.lines.map { "  \($0)\n" }.joined()
    }

    private static func table(of submissions: [RejudgedSubmission]) -> TextTable {
        var table = TextTable([
            ("submission", .right), ("problem", .left), ("user", .left), ("before", .left),
            ("after", .left),
        ])
        for submission in submissions {
            table.add([
                "\(submission.submission)", submission.problem, submission.user ?? "",
                text(submission.before), text(submission.after),
            ])
        }
        return table
    }

    /// `WA`, or `AC 12.5` where there are points.
    private static func text(_ decision: RejudgedSubmission.Decision?) -> String {
        guard let decision else { return "-" }
        return decision.verdict.rawValue + (decision.score.map { " \($0)" } ?? "")
    }
}
