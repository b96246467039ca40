import Foundation
package import JudgeCore
import Problems
package import Sandboxing
package import Units

/// What came of one smoke program.
package struct SmokeResult: Sendable, Equatable {
    package var kind: SmokeKind
    package var verdict: Verdict
    package var reason: Reason?
    package var exitCode: Int32?
    package var compilerOutput: String

    /// Whether it was judged as it must be.
    package var ok: Bool {
        verdict == kind.expected && (kind.exitCode == nil || kind.exitCode == exitCode)
    }
}

/// What a program costs that does nothing; medians.
package struct SmokeCost: Sendable, Equatable {
    package var compileTime: Duration?
    package var cpuTime: Duration
    package var wallTime: Duration
    package var memoryPeak: ByteCount
}

/// What came of a language's smoke programs.
package struct SmokeReport: Sendable {
    package var language: Language
    package var results: [SmokeResult]
    /// What there is no program for.
    package var absent: [SmokeKind]
    /// Why there can be none of some of these.
    package var reasons: [SmokeKind: String]
    /// Of the empty program; nil where it did not end as it must, or there is none.
    package var cost: SmokeCost?

    /// What is not as it must be beside the results, one sentence each.
    package var complaints: [String] {
        var complaints: [String] = []
        if results.isEmpty { complaints.append("it has no smoke program") }
        if let cost, let declared = language.baseMemory, cost.memoryPeak > declared {
            complaints.append(
                "an empty program takes \(cost.memoryPeak), and base_memory says \(declared)")
        }
        return complaints
    }

    package var ok: Bool { complaints.isEmpty && results.allSatisfy(\.ok) }
}

/// Runs the smoke programs of languages, by the engine that judges.
package struct SmokeCheck: Sendable {
    private let settings: JudgingSettings

    /// A run of an empty program more, which warms and is not counted.
    private static let repeats = 6

    package init(settings: JudgingSettings) {
        var settings = settings
        // Which share of the limit a program takes is no matter here.
        settings.fairTime.repeats = 0
        settings.outputs = OutputKeeping(tests: .none, each: .kibibytes(1), total: .kibibytes(1))
        self.settings = settings
    }

    /// - Parameter told: called with each result as it comes.
    /// - Throws: `machine` where the toolchain is missing or the sandbox failed, `cancelled`.
    package func check(
        _ language: Language, _ programs: SmokePrograms, on slot: any Slot,
        told: (@Sendable (SmokeResult) -> Void)? = nil
    ) async throws(JudgingError) -> SmokeReport {
        var report = SmokeReport(
            language: language, results: [], absent: programs.absent, reasons: programs.reasons)
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "judge-smoke-\(UUID().uuidString)").path(percentEncoded: false)
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: false)
        } catch {
            throw .machine("cannot make \(directory) for the tests of the smoke programs")
        }
        // What cannot be deleted from the directory for temporary files stays for its keeper.
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for kind in SmokeKind.allCases {
            guard let files = programs.sources[kind] else { continue }
            let problem = try Self.problem(for: kind, in: directory)
            let judgement = try await Judge(settings: settings, languages: [language]).judge(
                SourceSet(files: files), in: language, problem: problem, on: slot)
            let result = Self.result(of: kind, judgement)
            report.results.append(result)
            if kind == .empty, result.ok { report.cost = Self.cost(judgement) }
            told?(result)
        }
        return report
    }

    private static func result(of kind: SmokeKind, _ judgement: Judgement) -> SmokeResult {
        SmokeResult(
            kind: kind, verdict: judgement.verdict, reason: judgement.reason,
            exitCode: judgement.tests.last?.exitCode,
            compilerOutput: judgement.compile?.output ?? "")
    }

    private static func cost(_ judgement: Judgement) -> SmokeCost? {
        let runs = judgement.tests.dropFirst()
        func median<Value: Comparable>(_ value: (TestResult) -> Value?) -> Value? {
            let values = runs.compactMap(value).sorted()
            return values.isEmpty ? nil : values[values.count / 2]
        }
        guard let cpuTime = median(\.cpuTime), let wallTime = median(\.wallTime),
            let memory = median(\.memoryPeak)
        else { return nil }
        return SmokeCost(
            compileTime: judgement.compile?.cpuTime, cpuTime: cpuTime, wallTime: wallTime,
            memoryPeak: memory)
    }

    private static func problem(
        for kind: SmokeKind, in directory: String
    ) throws(JudgingError) -> Problem {
        let (input, answer) = (
            "\(directory)/\(kind.rawValue).in", "\(directory)/\(kind.rawValue).ans"
        )
        guard FileManager.default.createFile(atPath: input, contents: Data(kind.input)),
            FileManager.default.createFile(atPath: answer, contents: Data(kind.answer))
        else { throw .machine("cannot write the tests of the smoke programs into \(directory)") }
        var limits = ProblemLimits()
        limits.memory = .mebibytes(256)
        limits.output = .mebibytes(1)
        let names = (0..<(kind == .empty ? repeats : 1)).map { "secret/\($0)" }
        return Problem(
            id: "smoke", name: "smoke", formatVersion: "legacy", directory: directory,
            timeLimit: kind.timeLimit, limits: limits, languages: nil,
            tests: names.map {
                TestCase(
                    name: $0, group: "secret", inputPath: input, answerPath: answer,
                    validatorFlags: ["case_sensitive", "space_change_sensitive"])
            }, examples: [], warnings: [])
    }
}
