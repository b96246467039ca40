import Glibc
import JudgeCore
import Store
import Units

/// `judge list --watch`: follows the submissions of a list until it is interrupted.
struct ListWatch {
    /// How long several changes are gathered into one look, so that a busy judge is not read all the
    /// time.
    private static let pause = Duration.milliseconds(40)

    let store: SQLiteStore
    let filter: SubmissionFilter
    let json: Bool

    /// Returns when the user or the system asks the process to end, which here is how it ends well.
    func run() async throws {
        do {
            try await follow()
        } catch let failure as CommandFailure where failure.status == .interrupted {
            try await store.close()
        }
    }

    private func follow() async throws {
        let isTerminal = isatty(1) == 1 && !json
        try await untilInterrupted {
            var watch = SubmissionWatch()
            for await _ in try store.changes() {
                let records = try await store.list(filter)
                if isTerminal {
                    try Self.draw(records)
                } else {
                    let changes = try await watch.changes(among: records) {
                        try await store.knownTests(of: $0)
                    }
                    for change in changes { try tell(change) }
                }
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    private func tell(_ change: SubmissionWatch.Change) throws {
        let document = JudgementDocument(change.record)
        guard !json else {
            return try StandardStreams.write(
                document.watchJSON(newTests: change.newTests).text + "\n")
        }
        let id = change.record.id
        var text = ""
        for test in change.newTests {
            let time = test.cpuTime.secondsText
            text +=
                "submission \(id), test \(Printable.line(test.name)): "
                + "\(test.verdict.rawValue), \(time)\n"
        }
        text += "submission \(id): \(document.stateText)\n"
        try StandardStreams.write(text)
    }

    /// The list in place of what the terminal showed, as much of it as fits.
    private static func draw(_ records: [SubmissionRecord]) throws {
        var size = winsize()
        let isKnown = ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 1 && size.ws_col > 1
        let (rows, columns) = isKnown ? (Int(size.ws_row), Int(size.ws_col)) : (24, 80)
        let lines = ListCommand.table(of: records.map(JudgementDocument.init)).lines
        let shown = lines.prefix(rows - 1).map { String($0.prefix(columns)) }
        // Home, each line cleared to its end, then all below: what stays does not flicker.
        try StandardStreams.write(
            "\u{1b}[H" + shown.map { $0 + "\u{1b}[K\n" }.joined() + "\u{1b}[J")
    }
}

extension JudgementDocument {
    /// As in a list, with how far it is and the tests that are new.
    func watchJSON(newTests: [TestResult]) -> JSON {
        let progress = progress.map { progress in
            JSON.object([("done", JSON(progress.done)), ("total", JSON(progress.total))])
        }
        guard case .object(let members) = json else { return json }
        return .object(
            members + [("progress", progress ?? .null), ("new_tests", JSON(newTests))])
    }
}
