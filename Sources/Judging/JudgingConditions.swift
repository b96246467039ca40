import Foundation
package import JudgeCore
package import Problems
import Units

/// Under what a submission is judged: all that, with its files and the version of its problem, makes
/// the same runs again.
package struct JudgingConditions: Sendable, Equatable {
    /// As its section of judge.conf was.
    package var language: Language
    /// Which are the limits of a run together with the package's.
    package var settings: JudgingSettings
    /// CPU time; nil where no programs are run.
    package var timeLimit: Duration?
    /// Of the submission's runs in tests, for people: `cpu_time_us`, `memory_bytes` and so on.
    package var limits: [String: Int64]
    package var machine: Machine

    /// - Parameter problem: with the time limit that is judged by.
    package init(
        language: Language, settings: JudgingSettings, problem: Problem, machine: Machine
    ) {
        self.init(
            language: language, settings: settings,
            timeLimit: problem.runsPrograms ? problem.timeLimit : nil, limits: [:],
            machine: machine)
        guard let timeLimit else { return }
        limits = [
            "cpu_time_us": timeLimit.wholeMicroseconds,
            "wall_time_us": settings.wallLimit(for: timeLimit).wholeMicroseconds,
            "memory_bytes": problem.limits.memory.bytes,
            "output_bytes": problem.limits.output.bytes,
            "processes": Int64(language.processes),
            "open_files": Int64(language.openFiles ?? settings.openFiles),
            "file_size_bytes": settings.fileSize.bytes, "tmp_size_bytes": settings.tmpSize.bytes,
        ]
    }

    private init(
        language: Language, settings: JudgingSettings, timeLimit: Duration?,
        limits: [String: Int64], machine: Machine
    ) {
        self.language = language
        self.settings = settings
        self.timeLimit = timeLimit
        self.limits = limits
        self.machine = machine
    }
}

extension JudgingConditions {
    /// One JSON object whose keys are in order, so that equal conditions are equal texts.
    ///
    /// Times are in microseconds, sizes in bytes; in `settings` times are as Swift writes durations. Of toolchains only the language's own is in it.
    package var document: String? {
        var machine = machine
        machine.toolchains = machine.toolchains.filter { $0.key == language.id }
        let stored = Stored(
            language: language, settings: settings,
            timeLimitUs: timeLimit?.wholeMicroseconds, limits: limits, machine: machine)
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(stored)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads what `document` wrote, also in a former version: settings that it did not know have
    /// their built-in values.
    ///
    /// - Throws: `machine` for what is no such document.
    package init(document: String) throws(JudgingError) {
        do {
            let object = try JSONSerialization.jsonObject(with: Data(document.utf8))
            let layered = Self.lay(object, over: try Self.defaults())
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let stored = try decoder.decode(
                Stored.self, from: JSONSerialization.data(withJSONObject: layered))
            self.init(
                language: stored.language, settings: stored.settings,
                timeLimit: stored.timeLimitUs.map { .microseconds($0) }, limits: stored.limits,
                machine: stored.machine)
        } catch {
            throw .machine(
                "cannot read under what the submission was judged: the stored document is damaged")
        }
    }

    private struct Stored: Codable {
        var language: Language
        var settings: JudgingSettings
        var timeLimitUs: Int64?
        var limits: [String: Int64]
        var machine: Machine
    }

    private static func defaults() throws -> Any {
        let empty = JudgingConditions(
            language: Language.answers, settings: JudgingSettings(), timeLimit: nil,
            limits: [:], machine: Machine())
        return try JSONSerialization.jsonObject(with: Data((empty.document ?? "{}").utf8))
    }

    /// Objects within objects are laid over each other; everything else takes the place.
    private static func lay(_ upper: Any, over lower: Any) -> Any {
        guard let upper = upper as? [String: Any], var result = lower as? [String: Any] else {
            return upper
        }
        for (key, value) in upper {
            result[key] = result[key].map { lay(value, over: $0) } ?? value
        }
        return result
    }
}
