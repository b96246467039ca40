import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// The box of validators: the one of the slot's companion, which the submission never sees.
///
/// It holds a validator, the submitted files in a folder, and the feedback folder, the only place a
/// validator may write to beside `/tmp`, which is replaced for each run.
struct ValidatorBox: Sendable {
    // Names that no file of a package can have.
    static let data = ".data"
    static let feedback = ".feedback"
    static let submission = ".submission"

    let settings: JudgingSettings
    let problem: Problem
    /// What lies in the folder of the submission.
    let files: [ProgramFile]
    /// What messages call a validator.
    var title = "the output validator"

    func companion(of slot: any Slot) async throws(JudgingError) -> any Slot {
        try await sandboxed { () async throws(SandboxError) in try await slot.companion() }
    }

    func fill(
        _ companion: any Slot, with program: ValidatorProgram
    ) async throws(JudgingError) {
        let size = files.reduce(tmpfsPage) { $0 + sizeOnTmpfs(Int64($1.bytes.count)) }
        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetBox(size: settings.boxSize)
            // Made before anything of the package's is there that could stand in their place.
            for folder in [Self.data, Self.feedback] {
                try await companion.resetFolder(
                    name: folder, size: ByteCount(tmpfsPage), writable: false)
            }
            try await companion.resetFolder(
                name: Self.submission, size: ByteCount(size), writable: false)
            for file in files {
                try await companion.put(
                    name: "\(Self.submission)/\(file.name)", bytes: file.bytes,
                    executable: file.executable)
            }
        }
        try await program.put(into: companion, settings: settings, limits: problem.limits)
    }

    /// Puts input and answer of a test into their folder, in place of those of the last.
    ///
    /// - Parameter input: what to give as input; nil for the test's own.
    func put(
        _ test: TestCase, input: [UInt8]? = nil, on companion: any Slot
    ) async throws(JudgingError) {
        let inputSize: Int64
        if let input {
            inputSize = sizeOnTmpfs(Int64(input.count))
        } else {
            inputSize = try sizeOnTmpfs(ofFile: test.inputPath)
        }
        let size = try inputSize + sizeOnTmpfs(ofFile: test.answerPath) + tmpfsPage
        let names = Self.names(of: test)
        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetFolder(
                name: Self.data, size: ByteCount(size), writable: false)
            if let input {
                try await companion.put(name: names.input, bytes: input, executable: false)
            } else {
                try await companion.put(name: names.input, file: test.inputPath)
            }
            try await companion.put(name: names.answer, file: test.answerPath)
        }
    }

    private static func names(of test: TestCase) -> (input: String, answer: String) {
        let name = lastComponent(test.name)
        return ("\(data)/\(name).in", "\(data)/\(name).ans")
    }

    /// A run of an output validator about a test.
    func request(_ validator: Validator, about test: TestCase) -> RunRequest {
        let names = Self.names(of: test)
        return request(
            validator.program,
            ["/box/\(names.input)", "/box/\(names.answer)", "/box/\(Self.feedback)/"]
                + test.validatorFlags,
            // From 2023-07 on validators are started where the submitted files are.
            in: problem.isStrict ? "/box/\(Self.submission)" : "/box")
    }

    /// - Parameter arguments: the feedback folder among them.
    func request(
        _ program: ValidatorProgram, _ arguments: [String], in directory: String
    ) -> RunRequest {
        program.request(
            arguments, in: directory, fileSize: feedbackSize, settings: settings,
            limits: problem.limits)
    }

    /// Runs a validator with an empty feedback folder, and reads what it said.
    func opinion(
        of validator: Validator, _ request: RunRequest, input: RunInput, on companion: any Slot
    ) async throws(JudgingError) -> Opinion {
        try await emptyFeedback(on: companion)
        let run = try await sandboxed { () async throws(SandboxError) in
            try await companion.run(request, input: input, stdout: .captured, stderr: .captured)
        }
        return try await opinion(after: run, of: validator, request, on: companion)
    }

    /// More than allowed fits, so that what was too much can be seen.
    func emptyFeedback(on companion: any Slot) async throws(JudgingError) {
        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetFolder(
                name: Self.feedback, size: feedbackSize, writable: true)
        }
    }

    /// Reads what a validator said that has run.
    ///
    /// - Parameters:
    ///   - failure: why it failed whatever its report says: the end of a sentence; nil otherwise.
    ///   - isLast: whether it gives its score now.
    func opinion(
        after run: RunResult, of validator: Validator, _ request: RunRequest,
        failure: String? = nil, isLast: Bool = true, on companion: any Slot
    ) async throws(JudgingError) -> Opinion {
        let written = try await sandboxed { () async throws(SandboxError) in
            try await companion.measureFolder(name: Self.feedback)
        }
        var opinion = Opinion(.accepted)
        opinion.message = try await text("judgemessage.txt", on: companion)
        opinion.teamMessage = try await text("teammessage.txt", on: companion)
        opinion.answer = try ValidatorRule.answer(
            run.report, of: "\(title) \(validator.path)",
            isOwnProgram: request.arguments[0].hasPrefix("/box/"), limits: request.limits,
            written: written, outputLimit: problem.limits.validationOutput,
            message: problem.kind.isMultiPass ? lastLine(of: opinion.message) : opinion.message)
        if let failure {
            opinion.answer = .failed(
                Reason(.checkerCrashed, "\(title) \(validator.path) \(failure)"))
        }
        switch opinion.answer {
        case .accepted where !isLast: break
        case .accepted: try await readScore(of: validator, into: &opinion, companion)
        // From 2023-07 on a score beside a rejection is a mistake, which the group's rule sees.
        case .rejected where problem.isStrict:
            try await readScore(of: validator, into: &opinion, companion)
        case .rejected, .failed: break
        }
        if case .failed(let reason) = opinion.answer {
            // Its author reads this, and nothing else tells what went wrong.
            let words = checkerText(
                run.stderr + run.stdout, atMost: settings.checkerMessageKept)
            opinion.message = joined(joined(reason.text, opinion.message), words)
            opinion.teamMessage = ""
        }
        return opinion
    }

    /// What the validator gives, where the package says that it gives scores.
    private func readScore(
        of validator: Validator, into opinion: inout Opinion, _ companion: any Slot
    ) async throws(JudgingError) {
        let gives = problem.isStrict ? problem.kind.objective != nil : problem.kind.validatorScores
        guard gives else { return }
        let (points, multiplier) = try await sandboxed { () async throws(SandboxError) in
            (
                try await companion.take(
                    name: "\(Self.feedback)/score.txt", atMost: feedbackSize),
                problem.isStrict
                    ? try await companion.take(
                        name: "\(Self.feedback)/score_multiplier.txt", atMost: feedbackSize) : nil
            )
        }
        guard
            let given = ValidatorRule.score(
                points: points, multiplier: multiplier, isRequired: !problem.isStrict)
        else {
            opinion.answer = .failed(
                Reason(
                    .checkerCrashed,
                    "\(title) \(validator.path) gives a score, but its score.txt"
                        + (problem.isStrict ? " or score_multiplier.txt" : "")
                        + " is not one number"))
            return
        }
        opinion.given = given
    }

    /// What a validator left for the next pass of the submission, which is taken away.
    func takeNextPass(on companion: any Slot) async throws(JudgingError) -> [UInt8]? {
        let name = "\(Self.feedback)/nextpass.in"
        return try await sandboxed { () async throws(SandboxError) in
            guard let bytes = try await companion.take(name: name, atMost: feedbackSize) else {
                return nil
            }
            try await companion.drop(name: name)
            return bytes
        }
    }

    private var feedbackSize: ByteCount {
        ByteCount(sizeOnTmpfs(problem.limits.validationOutput.bytes))
    }

    /// A file of the feedback folder as text; empty when there is none. A link, a directory or a
    /// second name is none.
    private func text(_ name: String, on companion: any Slot) async throws(JudgingError) -> String {
        let bytes = try await sandboxed { () async throws(SandboxError) in
            try await companion.take(name: "\(Self.feedback)/\(name)", atMost: feedbackSize)
        }
        return checkerText(bytes ?? [], atMost: settings.checkerMessageKept)
    }
}

/// Validators of several passes add to what they wrote in the passes before.
private func lastLine(of text: String) -> String {
    text.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
}

/// Two texts, one below the other.
func joined(_ first: String, _ second: String) -> String {
    first.isEmpty || second.isEmpty ? first + second : first + "\n" + second
}
