import JudgeCore
import SandboxProtocol
import Units

/// One `[language.ID]` section, before its id is known.
struct LanguageSection: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, code, endings, detected, interpreters, entry, compile, products, run
        case environment, processes, syscalls, header, precompile, version, package, smoke, like
        case readOnly = "read_only"
        case openFiles = "open_files"
        case outOfMemory = "out_of_memory"
        case baseTime = "base_time"
        case baseMemory = "base_memory"
    }

    private static let ordinaryPlaceholders = [
        "{sources}", "{entry}", "{memory_mib}", "{heap_mib}", "{stack_kib}",
    ]
    private static let placeholders: [CodingKeys: [String]] = [
        .compile: ordinaryPlaceholders + ["{precompiled}"],
        .precompile: ["{header}", "{precompiled}"],
    ]

    private var language: Language
    /// Directory of its smoke programs as the section says it; nil: not said.
    let smoke: String?

    init(from decoder: any Decoder) throws {
        let section = try SectionReader<CodingKeys>(decoder)
        func texts(_ key: CodingKeys) throws -> [String] {
            section.contains(key) ? try section.texts(key) : []
        }
        let steps = section.contains(.compile) ? try section.argumentLists(.compile) : []
        language = Language(
            id: "",
            name: try section.text(.name),
            code: try section.text(.code),
            endings: try section.texts(.endings),
            detected: section.contains(.detected) ? try section.flag(.detected) : false,
            compile: steps.first ?? [],
            products: try texts(.products),
            run: try section.texts(.run),
            environment: try texts(.environment),
            processes: section.contains(.processes)
                ? try section.number(.processes, in: 1...10_000) : 32,
            syscalls: try texts(.syscalls),
            header: section.contains(.header) ? try section.text(.header) : nil,
            precompile: section.contains(.precompile) ? try section.texts(.precompile) : nil,
            version: try texts(.version),
            package: section.contains(.package) ? try section.text(.package) : "")
        language.furtherCompile = Array(steps.dropFirst())
        language.interpreters = try texts(.interpreters)
        if section.contains(.entry) { language.entryRule = try section.word(.entry) }
        language.readOnly = try texts(.readOnly)
        if section.contains(.openFiles) {
            language.openFiles = try section.number(.openFiles, in: 8...20_000)
        }
        language.outOfMemory = try texts(.outOfMemory)
        if section.contains(.baseTime) {
            language.baseTime = try section.time(.baseTime, in: .zero...(.seconds(60)))
        }
        if section.contains(.baseMemory) {
            language.baseMemory = try section.size(.baseMemory, in: .zero...(.gibibytes(16)))
        }
        // What it is like was laid under it before.
        if section.contains(.like) { _ = try section.text(.like) }
        smoke = section.contains(.smoke) ? try section.text(.smoke) : nil
        try check(section)
    }

    /// Gives the language the name of its section.
    func language(id: String) throws -> Language {
        let allowed = id.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
        guard allowed, (1...32).contains(id.utf8.count) else {
            throw Mistake(
                path: ["language", id],
                text: "\"\(id)\" is not a language id: use 1 to 32 of a-z, 0-9, _ and -")
        }
        var language = language
        language.id = id
        return language
    }

    /// Of languages that share an ending, at most one may be chosen by it.
    static func checkDetection(_ languages: [Language]) throws {
        var owners: [String: String] = [:]
        for language in languages where language.detected {
            for ending in language.endings {
                if let owner = owners[ending] {
                    throw Mistake(
                        path: ["language", language.id, "detected"],
                        text: "detected: \(ending) chooses \(owner) already; "
                            + "set detected = false in one of the two")
                }
                owners[ending] = language.id
            }
        }
    }

    private func check(_ section: SectionReader<CodingKeys>) throws {
        let compileSteps = ([language.compile] + language.furtherCompile)
            .map { (CodingKeys.compile, $0) }
        for (key, arguments) in compileSteps + [
            (.run, language.run), (.precompile, language.precompile ?? []),
            (.version, language.version),
        ] {
            if let program = arguments.first, !program.hasPrefix("/") {
                throw section.mistake(
                    key, "\"\(program)\" is not the absolute path of a program")
            }
            for argument in arguments where argument.hasPrefix("{") && argument.hasSuffix("}") {
                try checkPlaceholder(argument, key, section)
            }
        }
        if language.run.isEmpty { throw section.mistake(.run, "is empty; name the program to run") }
        if language.endings.isEmpty { throw section.mistake(.endings, "is empty; name one") }
        for ending in language.endings where !ending.hasPrefix(".") || ending.utf8.count < 2 {
            throw section.mistake(.endings, "\"\(ending)\" does not begin with a dot")
        }
        for product in language.products where product.hasPrefix("{") {
            guard product == "{sources}" else {
                throw section.mistake(
                    .products, "\"\(product)\" is not known here; the only one is {sources}")
            }
        }
        if !language.compile.isEmpty, language.products.isEmpty {
            throw section.mistake(.compile, "needs products: what of /box is kept for the runs")
        }
        try checkHeader(section)
        for variable in language.environment where !variable.dropFirst().contains("=") {
            throw section.mistake(.environment, "\"\(variable)\" is not NAME=VALUE")
        }
        for name in language.syscalls { try checkSyscalls(name, section) }
        for path in language.readOnly where ReadOnlyMount(path) == nil && !isPlainPath(path) {
            throw section.mistake(
                .readOnly, "\"\(path)\" is neither an absolute path nor \"HOST:INSIDE\"")
        }
        for words in language.outOfMemory where !(4...200).contains(words.utf8.count) {
            throw section.mistake(
                .outOfMemory, "\"\(words)\" has not between 4 and 200 bytes")
        }
        guard language.outOfMemory.count <= 16 else {
            throw section.mistake(.outOfMemory, "has more than 16 texts")
        }
    }

    private func isPlainPath(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return path.hasPrefix("/") && !path.contains(":")
            && !parts.isEmpty && !parts.contains { $0 == "." || $0 == ".." }
    }

    /// All of it, or nothing.
    private func checkHeader(_ section: SectionReader<CodingKeys>) throws {
        let isNamed = language.compile.contains("{precompiled}")
        guard let header = language.header, let precompile = language.precompile else {
            if language.header != nil { throw section.mistake(.header, "needs precompile") }
            if language.precompile != nil { throw section.mistake(.precompile, "needs header") }
            if isNamed { throw section.mistake(.compile, "{precompiled} needs header") }
            return
        }
        let parts = header.split(separator: "/", omittingEmptySubsequences: false)
        let isPath = parts.allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".")
                && part.utf8.allSatisfy { (33...126).contains($0) && !"<>\"\\".utf8.contains($0) }
        }
        guard isPath, header.utf8.count <= 200 else {
            throw section.mistake(
                .header, "\"\(header)\" is not the name of a header as it is included")
        }
        guard isNamed else { throw section.mistake(.header, "needs {precompiled} in compile") }
        for placeholder in ["{header}", "{precompiled}"] where !precompile.contains(placeholder) {
            throw section.mistake(.precompile, "needs \(placeholder)")
        }
    }

    private func checkSyscalls(_ name: String, _ section: SectionReader<CodingKeys>) throws {
        let known = ExtraSyscalls.allCases.map(\.rawValue).sorted()
        guard !known.contains(name) else { return }
        let hint =
            nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
            ?? "known are \(known.joined(separator: ", "))"
        throw section.mistake(
            .syscalls, "\"\(name)\" is no class of system calls to ask for; \(hint)")
    }

    private func checkPlaceholder(
        _ argument: String, _ key: CodingKeys, _ section: SectionReader<CodingKeys>
    ) throws {
        let known = Self.placeholders[key] ?? Self.ordinaryPlaceholders
        guard !known.contains(argument) else { return }
        let hint =
            nearest(to: argument, among: known)
            .map { "did you mean \($0)?" }
            ?? "known are \(known.joined(separator: ", "))"
        throw section.mistake(key, "\"\(argument)\" stands for nothing; \(hint)")
    }
}
