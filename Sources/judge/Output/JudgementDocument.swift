import JudgeCore
import Store
import Units

/// What a command shows of one submission, as JSON of INTERFACE or as text.
struct JudgementDocument {
    /// nil for a judging without queue.
    var submission: Int64?
    var problem: String
    var language: String
    var user: String?
    var state: JobState
    var submittedAt: Instant?
    var judgedAt: Instant?
    var judgement: Judgement?
    var attempt: Int?
    var worker: String?
    var progress: JudgingProgress?
    /// Whose transcripts are shown.
    var transcripts = TranscriptChoice.none
    /// Place in the queue and time since it was queued; only in lists.
    var position: Int?
    var age: Duration?

    init(_ record: SubmissionRecord) {
        submission = record.id
        problem = record.problem
        language = record.language
        user = record.user
        state = record.state
        submittedAt = record.submittedAt
        judgedAt = record.judgedAt
        judgement = record.judgement
        attempt = record.attempt
        worker = record.worker
        progress = record.progress
        position = record.position
        age = record.age
    }

    /// Of a judging here and now.
    init(_ judgement: Judgement, problem: String, language: String, judgedAt: Instant) {
        self.problem = problem
        self.language = language
        self.judgement = judgement
        self.judgedAt = judgedAt
        state = .done
    }

    var json: JSON { .object(members) }

    /// As an element of a list, which also tells places in the queue.
    var listJSON: JSON {
        .object(members + [("position", JSON(position)), ("age_us", JSON(age))])
    }

    private var members: [(key: String, value: JSON)] {
        [
            ("submission", JSON(submission)), ("problem", .string(problem)),
            ("language", .string(language)), ("user", JSON(user)),
            ("state", .string(state.rawValue)), ("submitted_at", JSON(submittedAt)),
            ("judged_at", JSON(judgedAt)), ("verdict", JSON(judgement?.verdict.rawValue)),
            ("score", JSON(judgement?.score)), ("reason", JSON(judgement?.reason)),
            ("cpu_time_us", JSON(judgement?.cpuTime)),
            ("wall_time_us", JSON(judgement?.wallTime)),
            ("memory_peak_bytes", JSON(judgement?.memoryPeak)),
            ("compile", JSON(judgement?.compile, isPruned: judgement?.isPruned ?? false)),
            (
                "tests",
                JSON(
                    judgement?.tests ?? [], transcripts, isPruned: judgement?.isPruned ?? false)
            ),
            ("attempt", JSON(attempt)), ("worker", JSON(worker)),
        ]
    }

    /// The verdict, the reason, the facts, a table of the tests and what the compiler said.
    var text: String {
        var lines = [headline]
        if let reason = judgement?.reason { lines.append("  " + reasonLine(reason)) }
        lines += facts.map { name, value in
            "  " + name + String(repeating: " ", count: 11 - name.count) + Printable.line(value)
        }
        if let tests = judgement?.tests, !tests.isEmpty {
            lines += [""] + Self.table(of: tests).lines.map { "  " + $0 }
            for test in tests where !Printable.lines(test.teamMessage).isEmpty {
                lines += ["", "  to the submitter, of test \(Printable.line(test.name))"]
                lines += Printable.lines(test.teamMessage).map { "  | " + $0 }
            }
        }
        for test in judgement?.tests ?? [] where test.samples.count > 1 {
            lines += ["", "  test \(Printable.line(test.name)) had \(test.samples.text)"]
        }
        for test in judgement?.tests ?? [] where transcripts.admits(test) {
            lines += ["", "  transcript of test \(Printable.line(test.name))"]
            lines += transcripts.table(of: test.transcript).lines.map { "  | " + $0 }
        }
        if let output = judgement?.compile?.output, !Printable.lines(output).isEmpty {
            lines += ["", "  compiler output"]
            lines += Printable.lines(output).map { "  | " + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var headline: String {
        let subject = submission.map { "submission \($0)" } ?? "problem \(Printable.line(problem))"
        return "\(subject): \(stateText)"
    }

    /// The verdict, or how far it is.
    var stateText: String {
        if let verdict = judgement?.verdict { return "\(verdict.rawValue), \(verdict.name)" }
        return state.rawValue + (progressText.map { ", \($0)" } ?? "")
    }

    /// nil unless it runs and its worker has said how far it is.
    var progressText: String? {
        guard state == .running else { return nil }
        return progress.map { "\($0.done) of \($0.total) tests done" }
    }

    private func reasonLine(_ reason: Reason) -> String {
        let test = judgement?.tests.first { $0.verdict == judgement?.verdict }
        let place = test.map { "test \(Printable.line($0.name)): " } ?? ""
        return place + Printable.line(reason.text)
    }

    private var facts: [(name: String, value: String)] {
        var facts = [("problem", problem), ("language", language)]
        if let user { facts.append(("user", user)) }
        if let submittedAt { facts.append(("submitted", submittedAt.iso8601)) }
        if let judgedAt {
            let judge = worker.map { " by \($0)" } ?? ""
            let count = attempt.map { ", attempt \($0)" } ?? ""
            let name = state == .cancelled ? "cancelled" : "judged"
            facts.append((name, judgedAt.iso8601 + judge + count))
        }
        if let score = judgement?.score { facts.append(("score", "\(score)")) }
        if let cpuTime = judgement?.cpuTime {
            let wallTime = judgement?.wallTime.map { ", wall time \($0.secondsText)" } ?? ""
            facts.append(("cpu time", cpuTime.secondsText + wallTime))
        }
        if let peak = judgement?.memoryPeak { facts.append(("memory", peak.description)) }
        return facts
    }

    /// One row for each test that was run.
    static func table(of tests: [TestResult]) -> TextTable {
        var table = TextTable([
            ("test", .left), ("verdict", .left), ("cpu time", .right), ("memory", .right),
            ("reason", .left),
        ])
        for test in tests {
            // The default checker's message is the reason.
            let isSaid = ["", test.reason?.text, OutputKeeping.noRoom].contains(test.checkerMessage)
            let message = isSaid ? "" : " (\(test.checkerMessage))"
            table.add([
                test.name, test.verdict.rawValue, test.cpuTime.secondsText,
                test.memoryPeak.description, (test.reason?.text ?? "") + message,
            ])
        }
        return table
    }
}
