import Glibc
import JudgeCore
import TOMLKit

// Languages beyond those of judge.conf: files of `languages.d`, and sections that are like another one.

extension Settings {
    /// More files are a mistake: nobody looks through them.
    private static let filesAtMost = 200

    /// Adds the languages of all files `*.conf` in a directory, in order of their names; nothing where there is
    /// no such directory.
    mutating func addLanguages(from directory: String) throws(ConfigurationError) {
        for name in try Self.names(in: directory) {
            let file = directory + name
            try Self.checkKind(of: file)
            let text = try Self.contents(of: file)
            let table = try Self.parse(text, file: file)
            let shipped = try Self.parse(Self.shippedText, file: Self.shippedName)
            try Self.completeLanguages(of: table, from: [table, shipped], text: text, file: file)
            let known = Set(languages.map(\.id))
            do {
                if let other = table.keys.sorted().first(where: {
                    $0 != CodingKeys.languages.rawValue
                }) {
                    throw Mistake(
                        path: [other],
                        text: "\"\(other)\" does not belong here: files of languages.d have "
                            + "[language.ID] sections only")
                }
                let sections = try TOMLDecoder(strictDecoding: true)
                    .decode(LanguageFile.self, from: table).sections
                if let id = sections.keys.sorted().first(where: known.contains) {
                    throw Mistake(
                        path: ["language", id],
                        text: "there is a language \(id) already; give this one another id")
                }
                try add(sections)
                placeSmokePrograms(
                    in: directory, ["", "../languages/"], of: Array(sections.keys))
            } catch {
                let lines = TOMLLines(text)
                let mistake = Self.firstMistake(error, lines)
                throw ConfigurationError(file: file, line: lines[mistake.path], text: mistake.text)
            }
        }
    }

    /// Finds the directories of smoke programs that lie beside the file which says them: a path is relative to it, a
    /// plain name is looked for in the directories `places`.
    mutating func placeSmokePrograms(in directory: String, _ places: [String], of ids: [String]) {
        for id in ids {
            guard let path = smokePrograms[id], !path.hasPrefix("/") else { continue }
            let candidates = path.contains("/") ? [directory] : places.map { directory + $0 }
            guard let found = candidates.first(where: { access($0 + path, F_OK) == 0 }) else {
                continue
            }
            // Whoever takes it must be able to tell it from one that was not found.
            smokePrograms[id] = found.hasPrefix("/") ? found + path : "./" + found + path
        }
    }

    /// Gives each section that is `like` another one what it does not say itself; whether it is detected, it
    /// says itself.
    ///
    /// - Parameter tables: where the other section is looked for, in order.
    static func completeLanguages(
        of table: TOMLTable, from tables: [TOMLTable], text: String, file: String
    ) throws(ConfigurationError) {
        func section(_ id: String, in table: TOMLTable) -> TOMLTable? {
            table[CodingKeys.languages.rawValue]?.table?[id]?.table
        }
        let like = LanguageSection.CodingKeys.like.rawValue
        guard let languages = table[CodingKeys.languages.rawValue]?.table else { return }
        for id in languages.keys {
            guard let own = section(id, in: table), let other = own[like]?.string else { continue }
            func mistake(_ why: String) -> ConfigurationError {
                ConfigurationError(
                    file: file, line: TOMLLines(text)[["language", id, like]], text: "like: \(why)")
            }
            guard let base = tables.lazy.compactMap({ section(other, in: $0) }).first else {
                let known = Set(
                    tables.flatMap { $0[CodingKeys.languages.rawValue]?.table?.keys ?? [] })
                let hint = nearest(to: other, among: known.sorted()).map {
                    "; did you mean \"\($0)\"?"
                }
                throw mistake("there is no language \"\(other)\"" + (hint ?? ""))
            }
            guard base[like] == nil else {
                throw mistake("\"\(other)\" is itself like another one; name that one")
            }
            for key in base.keys
            where own[key] == nil && key != LanguageSection.CodingKeys.detected.rawValue {
                own[key] = base[key]
            }
        }
    }

    /// Refuses what is there and no file: a pipe would be waited for without end.
    private static func checkKind(of file: String) throws(ConfigurationError) {
        var status = stat()
        guard stat(file, &status) == 0, status.st_mode & S_IFMT != S_IFREG,
            status.st_mode & S_IFMT != S_IFDIR
        else { return }
        throw ConfigurationError(file: file, line: nil, text: "cannot be read: it is no file")
    }

    private static func names(in directory: String) throws(ConfigurationError) -> [String] {
        func failure(_ why: String) -> ConfigurationError {
            ConfigurationError(file: directory, line: nil, text: "cannot be read: \(why)")
        }
        guard let stream = opendir(directory) else {
            let code = errno
            if code == ENOENT { return [] }
            throw failure(String(cString: strerror(code)))
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasSuffix(".conf"), !name.hasPrefix(".") else { continue }
            names.append(name)
            guard names.count <= filesAtMost else {
                throw failure("it has more than \(filesAtMost) files")
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// A file of `languages.d`: languages and nothing else.
private struct LanguageFile: Decodable {
    enum CodingKeys: String, CodingKey { case language }

    var sections: [String: LanguageSection]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.contains(.language) else {
            throw Mistake(path: [], text: "has no [language.ID] section")
        }
        sections = try container.decode([String: LanguageSection].self, forKey: .language)
    }
}
