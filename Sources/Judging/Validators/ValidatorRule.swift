package import JudgeCore
package import SandboxProtocol
package import Units

/// What the run of an output validator says: facts in, answer out.
package enum ValidatorRule {
    /// 42 accepts and 43 rejects. Every other ending is the validator's failure and so the package
    /// author's fault: a judge error, whatever the output was.
    /// - Parameters:
    ///   - validator: as messages name it: `the output validator output_validators/check`.
    ///   - isOwnProgram: whether what could not be executed came with the package; an interpreter of
    ///     the host that cannot be executed is the machine's fault.
    ///   - limits: what the validator may use.
    ///   - written: what its files in the feedback folder take.
    ///   - message: what it wrote for judges.
    /// - Throws: `machine` when the run could not be set up.
    package static func answer(
        _ report: RunReport, of validator: String, isOwnProgram: Bool, limits: RunLimits,
        written: ByteCount, outputLimit: ByteCount, message: String
    ) throws(JudgingError) -> CheckerAnswer {
        func failed(_ why: String) -> CheckerAnswer {
            .failed(Reason(.checkerCrashed, "\(validator) \(why)"))
        }
        if let why = try programFailure(report, isOwnProgram: isOwnProgram, limits: limits) {
            return failed(why)
        }
        let total = ByteCount(report.outputBytes.bytes + written.bytes)
        if total > outputLimit {
            return failed("wrote \(total) of \(outputLimit), its feedback included")
        }
        switch report.exitCode {
        case 42: return .accepted
        case 43: return .rejected(summary(message, of: validator))
        default: return failed("\(endText(report)), which is neither 42 nor 43")
        }
    }

    /// The score in the validator's files beside an output that it accepted.
    ///
    /// - Parameters:
    ///   - points: content of `score.txt`, nil when there is none.
    ///   - multiplier: content of `score_multiplier.txt`.
    ///   - isRequired: whether the package says that its validator gives every score.
    /// - Returns: nil when the files are not what the format lets them be.
    package static func score(
        points: [UInt8]?, multiplier: [UInt8]?, isRequired: Bool
    ) -> GivenScore? {
        switch (points, multiplier) {
        case (nil, nil): return isRequired ? nil : GivenScore.none
        case (let text?, nil): return number(text).map(GivenScore.points)
        case (nil, let text?): return number(text).map(GivenScore.multiplier)
        case (_?, _?): return nil
        }
    }

    /// A finite number in decimal digits with white space around it.
    private static func number(_ bytes: [UInt8]) -> Double? {
        guard bytes.count <= 64 else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 1, words[0].utf8.allSatisfy("0123456789+-.eE".utf8.contains),
            let number = Double(words[0]), number.isFinite
        else { return nil }
        return number
    }

    /// The first line of the message, of a length for a sentence.
    private static func summary(_ message: String, of validator: String) -> String {
        guard let line = message.split(whereSeparator: \.isNewline).first else {
            return "\(validator) rejects it"
        }
        return line.count <= 200 ? String(line) : line.prefix(197) + "..."
    }
}
