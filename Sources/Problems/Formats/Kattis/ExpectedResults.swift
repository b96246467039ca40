import JudgeCore

/// DOMjudge's tag in a source: `@EXPECTED_RESULTS@: TIMELIMIT, WRONG-ANSWER`.
enum ExpectedResults: Equatable {
    case none
    case verdicts([Verdict])
    /// Why the tag says nothing certain.
    case unclear(String)

    private static let tag = "@EXPECTED_RESULTS@:"
    private static let words: [String: Verdict] = [
        "ACCEPTED": .accepted, "CORRECT": .accepted, "WRONG-ANSWER": .wrongAnswer,
        "NO-OUTPUT": .wrongAnswer, "TIMELIMIT": .timeLimit, "RUN-ERROR": .runTimeError,
        "OUTPUT-LIMIT": .outputLimit, "COMPILER-ERROR": .compilerError,
    ]

    /// Looks through all files of one submission; only one of them may have the tag, once.
    static func find(
        in files: [PackageEntry], sizeLimit: Int
    ) throws(ProblemsError) -> ExpectedResults {
        var lists: [String] = []
        for file in files {
            let text = String(decoding: try readFile(file, atMost: sizeLimit), as: UTF8.self)
            for line in text.split(whereSeparator: \.isNewline) {
                if let range = line.firstRange(of: tag) {
                    lists.append(String(line[range.upperBound...]))
                }
            }
        }
        guard let list = lists.first else { return .none }
        guard lists.count == 1 else { return .unclear("it states its expected results twice") }
        var verdicts: [Verdict] = []
        for item in list.split(separator: ",") {
            let name = item.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
            guard let verdict = words[name.uppercased()] else {
                return .unclear("the expected result \"\(name)\" is not known")
            }
            verdicts.append(verdict)
        }
        return verdicts.isEmpty ? .none : .verdicts(verdicts)
    }
}
