/// Why no language fits a set of files; the submitter can mend it.
package struct LanguageError: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

extension Language {
    /// Endings of files that come along with sources but do not choose a language.
    private static let headerEndings = [".h", ".hh", ".hpp", ".hxx", ".h++", ".inl", ".inc"]

    /// Whether the file's ending is one of this language's; `.C` and `.c` differ.
    package func accepts(_ name: String) -> Bool {
        endings.contains { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
    }

    /// The language whose section of judge.conf is called `id`.
    ///
    /// - Throws: `LanguageError` that names the nearest id and lists the known ones.
    package static func named(
        _ id: String, among languages: [Language]
    ) throws(LanguageError) -> Language {
        if let found = languages.first(where: { $0.id == id }) { return found }
        let hint =
            nearest(to: id, among: languages.map(\.id)).map { "; did you mean \($0)?" } ?? ";"
        throw LanguageError("unknown language \"\(id)\"\(hint) known are \(idList(languages))")
    }

    /// Checks that a language that was asked for can do something with the files.
    ///
    /// - Throws: `LanguageError` when no file has one of its endings.
    package func check(files: [SourceFile]) throws(LanguageError) {
        guard !files.contains(where: { accepts($0.name) }) else { return }
        let names = files.map(\.name).joined(separator: ", ")
        throw LanguageError(
            "no file is a source of \(name): it takes \(endings.joined(separator: ", ")), not \(names)"
        )
    }

    /// The one language that all source files share: of those of a file's ending the one that its first line
    /// calls (`#!/usr/bin/env python3`), else the one that the ending chooses alone.
    ///
    /// Headers and files of no language come along without a say.
    /// - Throws: `LanguageError` when no language or more than one comes out.
    package static func detect(
        files: [SourceFile], among languages: [Language]
    ) throws(LanguageError) -> Language {
        var chosen: (language: Language, file: String)?
        for file in files where !headerEndings.contains(where: { file.name.hasSuffix($0) }) {
            guard let language = try language(of: file, among: languages) else { continue }
            if let chosen, chosen.language.id != language.id {
                throw LanguageError(
                    "\(chosen.file) is \(chosen.language.name) and \(file.name) is "
                        + "\(language.name); say which language is meant with --language")
            }
            chosen = (language, file.name)
        }
        guard let chosen else {
            let names = files.map(\.name).joined(separator: ", ")
            throw LanguageError(
                "cannot tell the language of \(names) by its ending; say it with --language: "
                    + idList(languages))
        }
        return chosen.language
    }

    private static func language(
        of file: SourceFile, among languages: [Language]
    ) throws(LanguageError) -> Language? {
        let fitting = languages.filter { $0.accepts(file.name) }
        guard let words = interpreterWords(of: file), !fitting.isEmpty else {
            return preferred(fitting)
        }
        let named = fitting.filter { $0.interpreters.contains(where: words.contains) }
        if let language = preferred(named) ?? named.first { return language }
        // The legacy package format gives such a file to Python 2, which must not be judged as Python 3.
        guard !words.contains("python2") else {
            throw LanguageError(
                "\(file.name) asks for python2 in its first line, which is not among the "
                    + "languages here: \(idList(languages))")
        }
        return preferred(fitting)
    }

    /// A lone candidate, or the one that may be chosen by its ending alone.
    private static func preferred(_ candidates: [Language]) -> Language? {
        candidates.first(where: \.detected) ?? (candidates.count == 1 ? candidates.first : nil)
    }

    /// The last parts of the paths and words in a first line `#!/usr/bin/env python3 -O`, each also without the
    /// minor version in its name (`python3.11`); nil without such a line.
    private static func interpreterWords(of file: SourceFile) -> Set<String>? {
        guard file.bytes.starts(with: Array("#!".utf8)) else { return nil }
        let line = file.bytes.dropFirst(2).prefix(254).prefix { $0 != UInt8(ascii: "\n") }
        let parts = String(decoding: line, as: UTF8.self)
            .split { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "/" }.map(String.init)
        return Set(parts + parts.map { String($0.prefix { $0 != "." }) })
    }

    private static func idList(_ languages: [Language]) -> String {
        languages.map(\.id).sorted().joined(separator: ", ")
    }
}
