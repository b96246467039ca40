import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// The output validators of a package, asked one after the other: the first that does not accept
/// decides.
///
/// They run in the slot's companion, whose box the submission never sees. The box holds the validator
/// during the whole judging; input and answer lie in a folder that is replaced for each test, and the
/// feedback folder, the only place a validator may write to beside `/tmp`, for each run.
struct OutputValidators: Checker {
    // Names that no file of a package can have.
    private static let data = ".data"
    private static let feedback = ".feedback"
    private static let submission = ".submission"

    let settings: JudgingSettings
    let problem: Problem
    let sources: SourceSet
    let validators: [Validator]

    func prepare(_ slot: any Slot) async throws(JudgingError) {
        // Several take turns in the box, so that it is filled before each run.
        guard validators.count == 1 else { return }
        try await fill(try await companion(of: slot), with: validators[0].program)
    }

    func check(
        _ output: [UInt8], of test: TestCase, on slot: any Slot
    ) async throws(JudgingError) -> Opinion {
        let companion = try await companion(of: slot)
        var opinion = Opinion(.accepted)
        for validator in validators {
            if validators.count > 1 { try await fill(companion, with: validator.program) }
            let next = try await ask(validator, of: output, test, on: companion)
            opinion.answer = next.answer
            opinion.given = next.given
            opinion.message = joined(opinion.message, next.message)
            opinion.teamMessage = joined(opinion.teamMessage, next.teamMessage)
            guard case .accepted = next.answer else { break }
        }
        return opinion
    }

    private func joined(_ first: String, _ second: String) -> String {
        first.isEmpty || second.isEmpty ? first + second : first + "\n" + second
    }

    // MARK: - The box

    private func companion(of slot: any Slot) async throws(JudgingError) -> any Slot {
        try await sandboxed { () async throws(SandboxError) in try await slot.companion() }
    }

    private func fill(
        _ companion: any Slot, with program: ValidatorProgram
    ) async throws(JudgingError) {
        let size = sources.files.reduce(tmpfsPage) { $0 + sizeOnTmpfs(Int64($1.bytes.count)) }
        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetBox(size: settings.boxSize)
            // Made before anything of the package's is there that could stand in their place.
            for folder in [Self.data, Self.feedback] {
                try await companion.resetFolder(
                    name: folder, size: ByteCount(tmpfsPage), writable: false)
            }
            try await companion.resetFolder(
                name: Self.submission, size: ByteCount(size), writable: false)
            for file in sources.files {
                try await companion.put(
                    name: "\(Self.submission)/\(file.name)", bytes: file.bytes, executable: false)
            }
        }
        try await program.put(into: companion, settings: settings, limits: problem.limits)
    }

    // MARK: - One run

    private func ask(
        _ validator: Validator, of output: [UInt8], _ test: TestCase, on companion: any Slot
    ) async throws(JudgingError) -> Opinion {
        let size =
            try sizeOnTmpfs(ofFile: test.inputPath) + sizeOnTmpfs(ofFile: test.answerPath)
            + tmpfsPage
        let name = lastComponent(test.name)
        let (input, answer) = ("\(Self.data)/\(name).in", "\(Self.data)/\(name).ans")
        let request = validator.program.request(
            ["/box/\(input)", "/box/\(answer)", "/box/\(Self.feedback)/"] + test.validatorFlags,
            // From 2023-07 on validators are started where the submitted files are.
            in: problem.isStrict ? "/box/\(Self.submission)" : "/box", fileSize: feedbackSize,
            settings: settings, limits: problem.limits)
        let (run, written) = try await sandboxed { () async throws(SandboxError) in
            try await companion.resetFolder(
                name: Self.data, size: ByteCount(size), writable: false)
            try await companion.put(name: input, file: test.inputPath)
            try await companion.put(name: answer, file: test.answerPath)
            // More than allowed fits, so that what was too much can be seen.
            try await companion.resetFolder(
                name: Self.feedback, size: feedbackSize, writable: true)
            let run = try await companion.run(
                request, input: .bytes(output), stdout: .captured, stderr: .captured)
            return (run, try await companion.measureFolder(name: Self.feedback))
        }
        var opinion = Opinion(.accepted)
        opinion.message = try await text("judgemessage.txt", on: companion)
        opinion.teamMessage = try await text("teammessage.txt", on: companion)
        opinion.answer = try ValidatorRule.answer(
            run.report, of: validator.path,
            isOwnProgram: request.arguments[0].hasPrefix("/box/"), limits: request.limits,
            written: written, outputLimit: problem.limits.validationOutput,
            message: opinion.message)
        if case .accepted = opinion.answer {
            try await readScore(of: validator, into: &opinion, companion)
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

    /// What the validator gives for an output that it accepted, where the package says it may.
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
                    "the output validator \(validator.path) accepts, but its score.txt"
                        + (problem.isStrict ? " or score_multiplier.txt" : "")
                        + " is not one number"))
            return
        }
        opinion.given = given
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
