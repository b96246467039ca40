import JudgeCore
import Problems
import Sandboxing
import Units

extension Communication {
    /// The sources of each program that a submission consists of: once for all copies, or for each name
    /// the file of that name with all that is no other program's.
    ///
    /// - Throws: `refused` where a program is missing, or is there twice, or an entry point is named.
    func programs(
        in sources: SourceSet, _ language: Language
    ) throws(JudgingError) -> [SourceSet] {
        guard case .named(let names) = programs else { return [sources] }
        guard sources.entryPoint == nil else {
            throw .refused(
                "the programs start where their names say: \(names.joined(separator: ", ")); leave "
                    + "the entry point out")
        }
        var starts: [String] = []
        for name in names {
            let files = sources.files.map(\.name).filter {
                language.accepts($0) && $0.prefix { $0 != "." } == name
            }
            guard let start = files.first else {
                throw .refused(
                    "the problem runs the programs \(names.joined(separator: ", ")), and no file "
                        + "is \(name)\(language.endings.first ?? "")")
            }
            guard files.count == 1 else {
                throw .refused("\(files[0]) and \(files[1]) would both be the program \(name)")
            }
            starts.append(start)
        }
        return starts.map { start in
            let others = Set(starts).subtracting([start])
            return SourceSet(
                files: sources.files.filter { !others.contains($0.name) }, entryPoint: start)
        }
    }
}

extension Compiler {
    /// What came of all programs of a submission.
    struct Programs: Sendable {
        var result: CompileResult
        /// In order; empty when one does not compile.
        var programs: [Program]
        /// Why it does not.
        var reason: Reason?
    }

    /// Compiles the programs of one submission, one after another up to the first that does not.
    ///
    /// - Parameter name: what to call a program, where there are several.
    func compile(
        all parts: [SourceSet], in language: Language, limits: ProblemLimits, on slot: any Slot,
        named name: (Int) -> String
    ) async throws(JudgingError) -> Programs {
        var all = Programs(
            result: CompileResult(ok: true, cpuTime: .zero, memoryPeak: .zero, output: ""),
            programs: [])
        for (index, part) in parts.enumerated() {
            var made = try await compile(part, in: language, limits: limits, on: slot)
            if parts.count > 1, let reason = made.reason {
                made.reason?.text = "\(name(index)): \(reason.text)"
            }
            all.result.ok = made.result.ok
            all.result.cpuTime += made.result.cpuTime
            all.result.memoryPeak = max(all.result.memoryPeak, made.result.memoryPeak)
            all.result.output = joined(all.result.output, made.result.output)
            guard let program = made.program else {
                all.programs = []
                all.reason = made.reason
                return all
            }
            all.programs.append(program)
        }
        return all
    }
}
