import JudgeCore

/// DOMjudge's tags in a source: `@EXPECTED_RESULTS@: TIMELIMIT, WRONG-ANSWER` and
/// `@EXPECTED_SCORE@: 30`.
struct ExpectedResults: Equatable {
    /// nil when there is no such tag.
    var verdicts: [Verdict]?
    var score: Double?
    /// Whether the author wants to look for themselves.
    var isManual = false
    /// Why the tags say nothing certain.
    var mistake: String?

    private static let resultsTag = "@EXPECTED_RESULTS@:"
    private static let scoreTag = "@EXPECTED_SCORE@:"
    private static let manual = "CHECK-MANUALLY"
    private static let names: [String: Verdict] = [
        "ACCEPTED": .accepted, "CORRECT": .accepted, "WRONG-ANSWER": .wrongAnswer,
        "NO-OUTPUT": .wrongAnswer, "TIMELIMIT": .timeLimit, "RUN-ERROR": .runTimeError,
        "OUTPUT-LIMIT": .outputLimit, "COMPILER-ERROR": .compilerError,
    ]

    /// Looks through all files of one submission; each tag may be in one of them, once.
    static func find(
        in files: [PackageEntry], sizeLimit: Int
    ) throws(ProblemsError) -> ExpectedResults {
        var lists: [String] = []
        var scores: [String] = []
        for file in files {
            let text = String(decoding: try readFile(file, atMost: sizeLimit), as: UTF8.self)
            for line in text.split(whereSeparator: \.isNewline) {
                if let range = line.firstRange(of: resultsTag) {
                    lists.append(String(line[range.upperBound...]))
                }
                if let range = line.firstRange(of: scoreTag) {
                    scores.append(String(line[range.upperBound...]))
                }
            }
        }
        var found = ExpectedResults()
        found.readResults(lists)
        found.readScore(scores)
        return found
    }

    private mutating func readResults(_ lists: [String]) {
        guard let list = lists.first else { return }
        guard lists.count == 1 else {
            mistake = "it states its expected results twice"
            return
        }
        var found: [Verdict] = []
        for item in list.split(separator: ",") {
            let name = words(String(item)).first?.uppercased() ?? ""
            if name == Self.manual {
                isManual = true
            } else if let verdict = Self.names[name] {
                found.append(verdict)
            } else {
                mistake = "the expected result \"\(name)\" is not known"
                return
            }
        }
        if !found.isEmpty, !isManual { verdicts = found }
    }

    private mutating func readScore(_ texts: [String]) {
        guard let text = texts.first else { return }
        guard texts.count == 1 else {
            mistake = mistake ?? "it states its expected score twice"
            return
        }
        score = words(text).first.flatMap(Double.init)
        if score?.isFinite != true {
            score = nil
            mistake = mistake ?? "its expected score is not a number"
        }
    }
}
