import JudgeCore
import Units

/// The tests whose transcripts are shown: what submission and interactor said to each other is for
/// judges, and shown only when it is asked for.
enum TranscriptChoice {
    case none
    case all
    /// Of this test alone.
    case test(String)

    /// Whether a test's transcript is shown.
    func admits(_ test: TestResult) -> Bool {
        switch self {
        case .none: false
        case .all: !test.transcript.lines.isEmpty
        case .test(let name): test.name == name
        }
    }

    func table(of transcript: Transcript) -> TextTable {
        var table = TextTable([("time", .right), ("who", .left), ("says", .left)])
        for line in transcript.lines {
            table.add([Self.seconds(line.time), line.speaker, line.text])
        }
        return table
    }

    /// To the microsecond, because messages follow each other fast.
    static func seconds(_ time: Duration) -> String {
        let microseconds = time.wholeMicroseconds
        let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        return "\(microseconds / 1_000_000).\(fraction) s"
    }

    /// - Throws: for a test that a judgement has no result of.
    func check(_ document: JudgementDocument) throws {
        guard case .test(let name) = self, let judgement = document.judgement,
            !judgement.tests.contains(where: { $0.name == name })
        else { return }
        let whose = document.submission.map { "submission \($0)" } ?? "the judgement"
        throw CommandFailure(
            .badInput, "\(whose) has no result of a test \(Printable.line(name))")
    }

    /// nil where it is not shown.
    func json(of test: TestResult) -> JSON? {
        guard admits(test) else { return nil }
        return .array(
            test.transcript.lines.map { line in
                .object([
                    ("time_us", JSON(line.time)), ("from", .string(line.speaker)),
                    ("text", .string(line.text)),
                ])
            })
    }
}
