extension Judgement {
    /// In which verdicts judging the same again came to something else; nil when in none. Times and memory
    /// may differ.
    ///
    /// Tests that only one of the two ran are no difference by themselves: the verdict tells.
    package func difference(from again: Judgement) -> String? {
        func words(_ name: String, _ first: Verdict, _ second: Verdict) -> String? {
            first == second ? nil : "\(name): \(first.rawValue) first, \(second.rawValue) again"
        }
        var differences = [words("verdict", verdict, again.verdict)].compactMap(\.self)
        if score != again.score {
            func text(_ score: Double?) -> String { score.map { "\($0)" } ?? "none" }
            differences.append("score: \(text(score)) first, \(text(again.score)) again")
        }
        let others = Dictionary(again.tests.map { ($0.name, $0.verdict) }) { first, _ in first }
        let tests = tests.compactMap { test in
            others[test.name].flatMap { words("test \(test.name)", test.verdict, $0) }
        }
        differences += tests.prefix(3)
        if tests.count > 3 { differences.append("and \(tests.count - 3) more tests") }
        return differences.isEmpty ? nil : differences.joined(separator: "; ")
    }
}
