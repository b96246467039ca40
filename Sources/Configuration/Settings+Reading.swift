import Glibc
import JudgeCore
import TOMLKit

extension Settings {
    /// Largest judge.conf that is read.
    private static let sizeAtMost = 1 << 20

    /// The settings without any judge.conf: those of the file that the program was built with.
    package static func builtIn() throws(ConfigurationError) -> Settings {
        try Settings(text: "", file: shippedName)
    }

    /// The text of the judge.conf that the program was built with.
    package static var shippedText: String {
        String(decoding: PackageResources.judge_conf, as: UTF8.self)
    }

    /// Reads a file, and the languages in `languages.d` beside it. Relative paths in them are relative to the
    /// directory of the file that says them.
    ///
    /// - Throws: `ConfigurationError` with the file and, for a mistake inside, the line.
    package init(file: String) throws(ConfigurationError) {
        try self.init(text: try Self.contents(of: file), file: file)
        let directory = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        placeSmokePrograms(in: directory, ["languages/"], of: languages.map(\.id))
        try addLanguages(from: directory + "languages.d/")
        guard !directory.isEmpty else { return }
        for path in [\Settings.database.path, \Settings.problems.directory]
        where !self[keyPath: path].hasPrefix("/") {
            self[keyPath: path] = directory + self[keyPath: path]
        }
        if let cache = compile.cache, !cache.hasPrefix("/") { compile.cache = directory + cache }
    }

    /// Decodes a text; `file` is only its name in errors.
    package init(text: String, file: String) throws(ConfigurationError) {
        let table = try Self.parse(text, file: file)
        let shipped = try Self.parse(Self.shippedText, file: Self.shippedName)
        try Self.completeLanguages(of: table, from: [table, shipped], text: text, file: file)
        try Self.fill(table, from: shipped)
        do {
            self = try TOMLDecoder(strictDecoding: true).decode(Settings.self, from: table)
        } catch {
            let lines = TOMLLines(text)
            let mistake = Self.firstMistake(error, lines)
            throw ConfigurationError(file: file, line: lines[mistake.path], text: mistake.text)
        }
    }

    static let shippedName = "the built-in judge.conf"

    static func parse(_ text: String, file: String) throws(ConfigurationError) -> TOMLTable {
        do {
            return try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw ConfigurationError(
                file: file, line: error.source.begin.line, text: "not TOML: \(error.description)")
        } catch {
            throw ConfigurationError(file: file, line: nil, text: "not TOML: \(error)")
        }
    }

    /// Puts the shipped value wherever the table says nothing. Languages are all or nothing.
    private static func fill(
        _ table: TOMLTable, from shipped: TOMLTable
    ) throws(ConfigurationError) {
        for section in shipped.keys {
            guard let present = table[section] else {
                table[section] = shipped[section]
                continue
            }
            guard section != CodingKeys.languages.rawValue, let present = present.table,
                let defaults = shipped[section]?.table
            else { continue }
            for key in defaults.keys where present[key] == nil {
                present[key] = defaults[key]
            }
        }
    }

    /// The mistake to report; of several unknown keys, the one that stands first.
    static func firstMistake(_ error: any Error, _ lines: TOMLLines) -> Mistake {
        switch error {
        case let mistake as Mistake:
            return mistake
        case let unexpected as UnexpectedKeysError:
            let paths = unexpected.keys.values.map { $0.map(\.stringValue) }
            let first = paths.min { (lines[$0] ?? 0, $0.count) < (lines[$1] ?? 0, $1.count) }
            return unknownKey(first ?? [])
        case DecodingError.typeMismatch(_, let context), DecodingError.keyNotFound(_, let context),
            DecodingError.valueNotFound(_, let context), DecodingError.dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue)
            return Mistake(
                path: path,
                text: "\(path.last ?? "") must be a section: [\(path.joined(separator: "."))]")
        default:
            return Mistake(path: [], text: "\(error)")
        }
    }

    private static func unknownKey(_ path: [String]) -> Mistake {
        let key = path.last ?? ""
        guard path.count > 1 else {
            if let home = keys.filter({ $0.value.contains(key) }).keys.sorted().first {
                return Mistake(
                    path: path, text: "unknown section or key \"\(key)\"; it belongs in [\(home)]")
            }
            let hint =
                nearest(to: key, among: keys.keys).map { "did you mean [\($0)]?" }
                ?? "known are \(keys.keys.sorted().joined(separator: ", "))"
            return Mistake(path: path, text: "unknown section \"\(key)\"; \(hint)")
        }
        let section = path.dropLast().joined(separator: ".")
        let known = keys[path[0]] ?? []
        let hint =
            nearest(to: key, among: known).map { "did you mean \"\($0)\"?" }
            ?? "known are \(known.sorted().joined(separator: ", "))"
        return Mistake(path: path, text: "unknown key \"\(key)\" in [\(section)]; \(hint)")
    }

    static func contents(of file: String) throws(ConfigurationError) -> String {
        func failure(_ code: Int32) -> ConfigurationError {
            ConfigurationError(
                file: file, line: nil, text: "cannot be read: \(String(cString: strerror(code)))")
        }
        guard let stream = fopen(file, "re") else { throw failure(errno) }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: sizeAtMost + 1)
        let count = fread(&bytes, 1, bytes.count, stream)
        guard ferror(stream) == 0 else { throw failure(errno) }
        guard count <= sizeAtMost else {
            throw ConfigurationError(file: file, line: nil, text: "is larger than 1 MiB")
        }
        guard let text = String(validating: bytes[..<count], as: UTF8.self), !text.contains("\0")
        else {
            throw ConfigurationError(file: file, line: nil, text: "is not UTF-8 text")
        }
        return text
    }
}
