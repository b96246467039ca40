import JudgeCore
import Problems
import Sandboxing

/// An example, its files, and the language it is judged in.
struct PlannedExample: Sendable {
    var example: ExampleSubmission
    var language: Language
    var sources: SourceSet
}

/// Reads the files of an example; one that cannot be read is the machine's failure, not a verdict.
func exampleSources(
    _ example: ExampleSubmission, of problem: Problem
) throws(JudgingError) -> SourceSet {
    var files: [SourceFile] = []
    for file in example.files {
        let bytes = try SourceSet.read(file.path, constants: problem.constants)
        files.append(SourceFile(name: file.name, bytes: bytes))
    }
    return SourceSet(files: files, entryPoint: example.entryPoint)
}

extension ExampleSubmission {
    /// Whether some of its tests must be too slow.
    var mustBeLate: Bool { expectations.contains { $0.bound == .upper } }

    /// Whether some of its tests must stay within the time limit.
    var mustBeInTime: Bool { expectations.contains { $0.bound == .lower } }
}

/// Judges examples on several slots, each slot taking the next example when it is free.
struct ExampleRun: Sendable {
    let judge: Judge
    let problem: Problem
    let allTests: Bool
    let examples: [PlannedExample]
    /// Examples that are expected to be too slow may run for the time limit times this.
    let lateAllowance: Double
    let progress: (@Sendable (VerificationProgress) -> Void)?

    private typealias Answer = Result<ExampleOutcome, JudgingError>

    /// In the order of the examples.
    func outcomes(on slots: [any Slot]) async throws(JudgingError) -> [ExampleOutcome] {
        let queue = ExampleQueue(count: examples.count)
        let answers = await withTaskGroup(of: [(Int, Answer)].self) { group in
            for slot in slots.prefix(max(1, examples.count)) {
                group.addTask {
                    var answers: [(Int, Answer)] = []
                    while let index = await queue.next() {
                        let answer = await self.answer(index, on: slot, queue)
                        answers.append((index, answer))
                        if case .failure = answer { await queue.stop() }
                    }
                    return answers
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        var outcomes: [ExampleOutcome] = []
        for (_, answer) in answers.sorted(by: { $0.0 < $1.0 }) {
            outcomes.append(try answer.get())
        }
        return outcomes
    }

    private func answer(_ index: Int, on slot: any Slot, _ queue: ExampleQueue) async -> Answer {
        do throws(JudgingError) {
            let outcome = try await outcome(of: index, on: slot, done: queue.finished)
            await queue.finish()
            return .success(outcome)
        } catch {
            return .failure(error)
        }
    }

    private func outcome(
        of index: Int, on slot: any Slot, done: Int
    ) async throws(JudgingError) -> ExampleOutcome {
        let planned = examples[index]
        let example = planned.example
        let total = examples.count
        let progress = progress
        func judgement(all: Bool) async throws(JudgingError) -> Judgement {
            let late = example.mustBeLate
            return try await judge.judge(
                planned.sources, in: planned.language, problem: problem, allTests: all,
                timeAllowance: late ? lateAllowance : 1, on: slot,
                progress: { testsDone, tests in
                    progress?(
                        VerificationProgress(
                            done: done, total: total, path: example.path, testsDone: testsDone,
                            tests: tests))
                })
        }
        let rule = ExpectationRule(data: problem.data, tests: problem.tests)
        var result = try await judgement(all: allTests)
        if !allTests, rule.isUndecided(result, example) {
            result = try await judgement(all: true)
        }
        return ExampleOutcome(
            path: example.path, language: planned.language.id, judgement: result,
            expected: example.expected, complaints: rule.complaints(about: result, example))
    }
}

/// Hands out indices to whoever is free.
private actor ExampleQueue {
    private let count: Int
    private var upcoming = 0
    private(set) var finished = 0

    init(count: Int) {
        self.count = count
    }

    func next() -> Int? {
        guard upcoming < count else { return nil }
        defer { upcoming += 1 }
        return upcoming
    }

    func finish() { finished += 1 }

    func stop() { upcoming = count }
}
