import Configuration
import Foundation
import JudgeCore
import Problems
import Store
import Units

/// What commands show of an installed problem.
struct ProblemDocument {
    private let installed: InstalledProblem

    init(_ installed: InstalledProblem) {
        self.installed = installed
    }

    private var members: [(key: String, value: JSON)] {
        [
            ("problem", .string(installed.id)), ("name", .string(installed.name)),
            ("time_limit_us", JSON(installed.timeLimit)), ("version", JSON(installed.version)),
            ("digest", .string(installed.digest)), ("directory", .string(installed.directory)),
            ("added_at", JSON(installed.addedAt)),
        ]
    }

    var json: JSON { .object(members) }

    /// With what the package itself says.
    func json(with problem: Problem) -> JSON {
        .object(
            members + [
                ("format_version", .string(problem.formatVersion)),
                ("memory_limit_bytes", JSON(problem.limits.memory)),
                ("output_limit_bytes", JSON(problem.limits.output)),
                ("code_limit_bytes", JSON(problem.limits.code)),
                ("languages", problem.languages.map { .array($0.map(JSON.string)) } ?? .null),
                ("tests", .array(problem.tests.map { .string($0.name) })),
                ("warnings", .array(problem.warnings.map(JSON.string))),
            ])
    }

    /// With what the package itself says.
    func text(with problem: Problem) -> String {
        let groups = Dictionary(grouping: problem.tests, by: \.group).map { group, tests in
            "\(tests.count) in \(group)"
        }
        let facts = [
            ("name", installed.name),
            ("time limit", installed.timeLimit?.secondsText ?? "none, answers are submitted"),
            ("memory", problem.limits.memory.description),
            ("output", problem.limits.output.description),
            ("source", "at most \(problem.limits.code)"),
            ("languages", problem.languages?.joined(separator: ", ") ?? "all"),
            ("tests", "\(problem.tests.count): \(groups.sorted().joined(separator: ", "))"),
            ("format", problem.formatVersion), ("directory", installed.directory),
            ("digest", installed.digest), ("added", installed.addedAt.iso8601),
        ]
        var lines = ["problem \(Printable.line(installed.id))"]
        lines += facts.map { name, value in
            "  " + name + String(repeating: " ", count: 12 - name.count) + Printable.line(value)
        }
        lines += problem.warnings.map { "  warning: \(Printable.line($0))" }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Settings {
    /// Where programs and headers that were compiled are kept; absolute; nil where nothing is.
    var compiledPrograms: String? {
        compile.cache.map {
            let path = URL(filePath: $0).standardizedFileURL.path(percentEncoded: false)
            // A path that names a directory may end with a stroke.
            return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        }
    }

    /// Where copies of packages are; absolute, because the database remembers it.
    var problemsDirectory: String {
        URL(filePath: problems.directory).standardizedFileURL.path(percentEncoded: false)
    }
}
