import JudgeCore
import Problems
import Sandboxing

/// The package's validator of sources, asked about one case as `validator language entry_point feedback/
/// [args]`, where the submitted files, those that the package adds and what the compiler made lie.
struct StaticValidator: Sendable {
    static let title = "the static validator"

    let box: ValidatorBox
    let validator: Validator
    /// Language code of the package format: `cpp`.
    let language: String
    /// Name of the file that starts.
    let entryPoint: String

    /// - Parameters:
    ///   - complete: what was compiled: the submitted files and those of the package.
    ///   - program: what came of it, in place of files of the same names.
    init(
        _ validator: Validator, settings: JudgingSettings, problem: Problem,
        complete: SourceSet, program: Program, in language: Language
    ) {
        let products = Set(program.files.map(\.name))
        let sources = complete.files.filter { !products.contains($0.name) }.map {
            ProgramFile(name: $0.name, bytes: $0.bytes, executable: false)
        }
        box = ValidatorBox(
            settings: settings, problem: problem, files: sources + program.files,
            title: Self.title)
        self.validator = validator
        self.language = language.code
        entryPoint = complete.entry(in: language)
    }

    /// Fills the companion's box anew: whoever was there before must be put there again.
    ///
    /// - Throws: `machine` when it could not be asked, `cancelled`.
    func result(of test: TestCase, on slot: any Slot) async throws(JudgingError) -> TestResult {
        let companion = try await box.companion(of: slot)
        try await box.fill(companion, with: validator.program)
        let request = box.request(
            validator.program,
            [language, entryPoint, "/box/\(ValidatorBox.feedback)/"] + test.validatorFlags,
            in: "/box/\(ValidatorBox.submission)")
        let opinion = try await box.opinion(
            of: validator, request, input: .empty, on: companion)
        var decision = VerdictRule.decide(opinion)
        if decision.verdict == .wrongAnswer { decision.reason?.code = .sourceRejected }
        return TestResult(
            name: test.name, group: test.group, verdict: decision.verdict,
            reason: decision.reason, checkerMessage: decision.checkerMessage,
            teamMessage: decision.teamMessage, given: decision.given)
    }
}
