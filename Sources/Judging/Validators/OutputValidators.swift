import JudgeCore
import Problems
import SandboxProtocol
import Sandboxing
import Units

/// The output validators of a package, asked one after the other: the first that does not accept
/// decides. Input and answer lie in a folder of their box that is replaced for each test.
struct OutputValidators: Checker {
    let box: ValidatorBox
    let validators: [Validator]

    func prepare(_ slot: any Slot) async throws(JudgingError) {
        // Several take turns in the box, so that it is filled before each run.
        guard validators.count == 1 else { return }
        try await box.fill(try await box.companion(of: slot), with: validators[0].program)
    }

    func check(
        _ output: [UInt8], of test: TestCase, on slot: any Slot
    ) async throws(JudgingError) -> Opinion {
        let companion = try await box.companion(of: slot)
        var opinion = Opinion(.accepted)
        for validator in validators {
            if validators.count > 1 { try await box.fill(companion, with: validator.program) }
            let next = try await ask(validator, of: output, test, on: companion)
            opinion.answer = next.answer
            opinion.given = next.given
            opinion.message = joined(opinion.message, next.message)
            opinion.teamMessage = joined(opinion.teamMessage, next.teamMessage)
            guard case .accepted = next.answer else { break }
        }
        return opinion
    }

    private func ask(
        _ validator: Validator, of output: [UInt8], _ test: TestCase, on companion: any Slot
    ) async throws(JudgingError) -> Opinion {
        let size =
            try sizeOnTmpfs(ofFile: test.inputPath) + sizeOnTmpfs(ofFile: test.answerPath)
            + tmpfsPage
        let name = lastComponent(test.name)
        let data = ValidatorBox.data
        let (input, answer) = ("\(data)/\(name).in", "\(data)/\(name).ans")
        try await sandboxed { () async throws(SandboxError) in
            try await companion.resetFolder(name: data, size: ByteCount(size), writable: false)
            try await companion.put(name: input, file: test.inputPath)
            try await companion.put(name: answer, file: test.answerPath)
        }
        let request = box.request(
            validator.program,
            ["/box/\(input)", "/box/\(answer)", "/box/\(ValidatorBox.feedback)/"]
                + test.validatorFlags,
            // From 2023-07 on validators are started where the submitted files are.
            in: box.problem.isStrict ? "/box/\(ValidatorBox.submission)" : "/box")
        return try await box.opinion(
            of: validator, request, input: .bytes(output), on: companion)
    }
}
