package import JudgeCore
package import Problems
import Units

/// The files of one submission in one language.
package struct SourceSet: Sendable, Equatable {
    package var files: [SourceFile]
    /// Name of the file that runs first, as the submitter said; nil: chosen by rule.
    package var entryPoint: String?
    /// Names of the files that are the package's: a class with a main among them starts, whatever is submitted.
    var included: Set<String> = []

    package init(files: [SourceFile], entryPoint: String? = nil) {
        self.files = files
        self.entryPoint = entryPoint
    }

    /// Refuses what may not be judged: no file, an empty or too long source, a bad or double
    /// name, an entry point that is no file, a language that the problem does not take.
    ///
    /// The command line asks before it stores; the judge asks again.
    /// - Throws: `refused` with one sentence.
    package func admit(to problem: Problem, in language: Language) throws(JudgingError) {
        guard problem.runsPrograms else {
            try checkNames()
            _ = try SubmittedAnswers(self, to: problem)
            return
        }
        guard !files.isEmpty else { throw .refused("the submission has no file") }
        if let codes = problem.languages, !codes.contains(language.code) {
            throw .refused(
                "problem \(problem.id) does not take \(language.name); it takes "
                    + codes.joined(separator: ", "))
        }
        let names = try checkNames()
        try checkLengths()
        let size = files.reduce(Int64(0)) { $0 + Int64($1.bytes.count) }
        guard size > 0 else { throw .refused("the submission is empty") }
        guard size <= problem.limits.code.bytes else {
            throw .refused(
                "the source has \(size) bytes; problem \(problem.id) takes at most "
                    + "\(problem.limits.code.bytes)")
        }
        if let entryPoint, !names.contains(entryPoint),
            language.entryRule == .file || !EntryClass.isName(entryPoint)
        {
            throw .refused("the entry point \(entryPoint) is not among the files")
        }
        _ = try problem.communication?.programs(in: self, language)
    }

    @discardableResult
    private func checkNames() throws(JudgingError) -> Set<String> {
        var names: Set<String> = []
        for file in files {
            guard SourceFile.isValid(name: file.name) else {
                throw .refused(
                    "\"\(file.name)\" cannot be a source file's name: use letters, digits, "
                        + "_ . - and +, beginning with a letter, digit or _")
            }
            guard names.insert(file.name).inserted else {
                throw .refused("two files are called \(file.name); names must differ")
            }
        }
        return names
    }

    /// Compilers make files that are called as the source with something behind it, up to 32 bytes
    /// (`__pycache__/NAME.cpython-311.pyc.140079222492832`), and 255 are the most that a name can have.
    private func checkLengths() throws(JudgingError) {
        for file in files where file.name.utf8.count > 200 {
            throw .refused(
                "\"\(file.name)\" cannot be a source file's name: it has \(file.name.utf8.count) "
                    + "bytes; use at most 200")
        }
    }

    /// What `{entry}` stands for: the submitter's choice, else the only source file, else
    /// `__main__.*` or `main.*`, else the first by name; or the class that starts, by the language's rule.
    func entry(in language: Language) -> String {
        if language.entryRule != .file { return entryClass(in: language) }
        if let entryPoint { return entryPoint }
        return firstFile(of: sourceNames(in: language))
    }

    /// Of several files the one that starts, by their names.
    func firstFile(of names: [String]) -> String {
        names.first { $0.hasPrefix("__main__.") } ?? names.first { $0.hasPrefix("main.") }
            ?? names.first ?? ""
    }

    /// What `{sources}` stands for: the files with an ending of the language, or all of them when
    /// none has one; in order of their bytes.
    func sourceNames(in language: Language) -> [String] {
        let names = files.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let sources = names.filter { name in language.endings.contains { name.hasSuffix($0) } }
        return sources.isEmpty ? names : sources
    }
}

/// Fills the placeholders of a language's argument lists and environment.
struct ArgumentTemplate {
    var sources: [String]
    var entry: String
    private let language: Language

    init(_ set: SourceSet, in language: Language) {
        sources = set.sourceNames(in: language)
        entry = set.entry(in: language)
        self.language = language
    }

    /// `{sources}` alone becomes several arguments; `{entry}` and those of memory are replaced
    /// wherever they stand.
    ///
    /// - Parameter headers: where a header that is precompiled is to be looked for first; nil: nowhere.
    func fill(_ arguments: [String], memory: ByteCount, headers: String? = nil) -> [String] {
        arguments.flatMap { argument -> [String] in
            guard argument != "{sources}" else { return sources }
            guard argument != "{precompiled}" else { return headers.map { ["-I", $0] } ?? [] }
            return [fill(argument, memory: memory)]
        }
    }

    /// The language's own variables; the sources have no part in them.
    func environment(memory: ByteCount) -> [String] {
        language.environment.map { fill($0, memory: memory) }
    }

    private func fill(_ text: String, memory: ByteCount) -> String {
        // Most arguments have none, and they are filled before each run.
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        return text.replacing("{entry}", with: entry)
            .replacing("{memory_mib}", with: String(memory.bytes >> 20))
            .replacing("{heap_mib}", with: String(language.heapMebibytes(of: memory)))
            .replacing("{stack_kib}", with: String(language.stackKibibytes(of: memory)))
    }
}
