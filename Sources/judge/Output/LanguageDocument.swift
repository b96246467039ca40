import JudgeCore
import Judging
import Units

/// Why the smoke programs of a language could not be run.
struct LanguageFault: Error {
    var text: String
}

/// What `judge language` says of one language.
struct LanguageDocument {
    let language: Language
    /// Programs of the host that it needs and that are not there.
    let missing: [String]
    var toolchain: Toolchain?
    /// What came of its smoke programs; nil: not tried.
    var outcome: Result<SmokeReport, LanguageFault>?

    init(_ language: Language, missing: [String]) {
        self.language = language
        self.missing = missing
    }

    /// Whether nothing that was tried is other than it must be.
    var ok: Bool {
        switch outcome {
        case nil: true
        case .failure: false
        case .success(let report): report.ok
        }
    }

    // MARK: - list

    var json: JSON { .object(members) }

    private var members: [(String, JSON)] {
        [
            ("id", .string(language.id)), ("name", .string(language.name)),
            ("code", .string(language.code)),
            ("endings", .array(language.endings.map(JSON.string))),
            ("detected", .bool(language.detected)), ("installed", .bool(missing.isEmpty)),
            ("missing", .array(missing.map(JSON.string))),
            ("package", .string(language.package)),
            ("version", JSON(toolchain?.version)), ("digest", JSON(toolchain?.digest)),
            ("base_time_us", JSON(language.baseTime)),
            ("base_memory_bytes", JSON(language.baseMemory)),
        ]
    }

    static func table(_ rows: [LanguageDocument]) -> [String] {
        var table = TextTable([
            ("id", .left), ("name", .left), ("endings", .left), ("version", .left),
        ])
        for row in rows {
            let language = row.language
            let version =
                row.missing.isEmpty ? row.toolchain?.version ?? "unknown" : row.missingText
            table.add([
                language.id, language.name, language.endings.joined(separator: " "), version,
            ])
        }
        return table.lines
    }

    /// That it is not installed, and what mends that.
    var missingText: String {
        "not installed: \(language.mend(missing: missing))"
    }

    // MARK: - check

    var checkJSON: JSON {
        var report: SmokeReport?
        var complaints: [String] = []
        switch outcome {
        case nil: break
        case .failure(let fault): complaints = [fault.text]
        case .success(let found):
            report = found
            complaints = found.complaints
        }
        return .object(
            members + [
                ("ok", .bool(missing.isEmpty && ok)),
                ("complaints", .array(complaints.map(JSON.string))),
                ("absent", .array((report?.absent ?? []).map { .string($0.rawValue) })),
                ("empty", Self.json(report?.cost)),
                ("checks", .array((report?.results ?? []).map(Self.json(of:)))),
            ])
    }

    private static func json(_ cost: SmokeCost?) -> JSON {
        guard let cost else { return .null }
        return .object([
            ("compile_cpu_time_us", JSON(cost.compileTime)), ("cpu_time_us", JSON(cost.cpuTime)),
            ("wall_time_us", JSON(cost.wallTime)), ("memory_peak_bytes", JSON(cost.memoryPeak)),
        ])
    }

    private static func json(of result: SmokeResult) -> JSON {
        .object([
            ("name", .string(result.kind.rawValue)), ("ok", .bool(result.ok)),
            ("expected", .string(result.kind.expected.rawValue)),
            ("verdict", .string(result.verdict.rawValue)), ("reason", JSON(result.reason)),
        ])
    }

    /// One line for the language, and what to look at.
    var checkText: String {
        guard missing.isEmpty else { return "\(language.id): \(missingText)\n" }
        var lines = ["\(language.id): \(ok ? "ok" : "not ok")\(version)"]
        switch outcome {
        case nil: break
        case .failure(let fault): lines.append("  " + Printable.line(fault.text))
        case .success(let report):
            if let cost = report.cost { lines.append("  " + Self.text(of: cost, language)) }
            lines += report.complaints.map { "  " + Printable.line($0) }
            for result in report.results where !result.ok {
                lines += Self.text(of: result).map { "  " + Printable.line($0) }
            }
            for kind in report.absent {
                guard let reason = report.reasons[kind] else { continue }
                lines.append("  no program \(kind.rawValue): " + Printable.line(reason))
            }
            let untold = report.absent.filter { report.reasons[$0] == nil }
            if !untold.isEmpty {
                let names = untold.map(\.rawValue).joined(separator: ", ")
                lines.append("  not tried, for there is no program: \(names)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var version: String {
        toolchain?.version.map { ", " + Printable.line($0) } ?? ""
    }

    private static func text(of cost: SmokeCost, _ language: Language) -> String {
        var text = "empty program: \(milliseconds(cost.cpuTime)) of CPU time, \(cost.memoryPeak)"
        let declared = [language.baseTime.map(milliseconds), language.baseMemory.map { "\($0)" }]
            .compactMap(\.self)
        if !declared.isEmpty { text += " (declared \(declared.joined(separator: ", ")))" }
        if let compile = cost.compileTime, !language.compile.isEmpty {
            text += ", compiled in \(milliseconds(compile))"
        }
        return text
    }

    private static func milliseconds(_ time: Duration) -> String {
        let microseconds = time.wholeMicroseconds
        return microseconds < 10_000
            ? "\(microseconds / 1_000).\(microseconds % 1_000 / 100) ms"
            : "\(microseconds / 1_000) ms"
    }

    private static func text(of result: SmokeResult) -> [String] {
        var text = "\(result.kind.rawValue): \(result.verdict.rawValue) instead of "
        text += result.kind.expected.rawValue
        if let reason = result.reason { text += ", \(reason.text)" }
        let output = result.compilerOutput.split(separator: "\n").prefix(5).map { "  " + $0 }
        return [text] + (result.verdict == .compilerError ? output : [])
    }
}
