package import JudgeCore

/// What a package's own grader reads and what it says: the package format's four verdicts with points.
package enum GraderRule {
    /// One line for each member, as the grader reads them: `AC 30.0`.
    package static func input(_ members: [Grade]) -> [UInt8] {
        Array(members.map { "\(word($0.verdict)) \($0.score)\n" }.joined().utf8)
    }

    /// The grade in what a grader printed.
    ///
    /// - Parameter members: those it was asked about; where it says RTE because of one that broke a limit,
    ///   the grade has that verdict.
    /// - Returns: nil when it is not one verdict with a finite number. The points of what is not accepted
    ///   are 0.
    package static func grade(_ output: [UInt8], over members: [Grade]) -> Grade? {
        guard output.count <= 256 else { return nil }
        let words = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, let verdict = Verdict(rawValue: String(words[0])),
            [.accepted, .wrongAnswer, .timeLimit, .runTimeError].contains(verdict),
            words[1].allSatisfy({ "0123456789+-.eE".contains($0) }),
            let score = Double(words[1]), score.isFinite
        else { return nil }
        guard verdict != .accepted else { return Grade(.accepted, score) }
        let meant = members.first { word($0.verdict) == words[0] }?.verdict
        return Grade(meant ?? verdict, 0)
    }

    /// The format has no words for broken limits of memory and output.
    private static func word(_ verdict: Verdict) -> String {
        switch verdict {
        case .memoryLimit, .outputLimit: Verdict.runTimeError.rawValue
        case .accepted, .wrongAnswer, .timeLimit, .runTimeError, .compilerError, .judgeError,
            .cancelled:
            verdict.rawValue
        }
    }
}
