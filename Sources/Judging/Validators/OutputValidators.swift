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
        try await box.put(test, on: companion)
        return try await box.opinion(
            of: validator, box.request(validator, about: test), input: .bytes(output),
            on: companion)
    }
}
