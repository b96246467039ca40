package import JudgeCore

extension Language {
    /// The one language that file names point to, of those that may be detected so.
    ///
    /// The language with an ending of most files wins, so that headers and data beside sources do
    /// no harm; nil when none takes any file or two take equally many.
    package static func detected(fileNames: [String], among languages: [Language]) -> Language? {
        let counts = languages.filter(\.detected).map { language in
            (
                language: language,
                files: fileNames.filter { name in
                    language.endings.contains { name.hasSuffix($0) }
                }.count
            )
        }
        guard let most = counts.map(\.files).max(), most > 0 else { return nil }
        let best = counts.filter { $0.files == most }
        return best.count == 1 ? best[0].language : nil
    }
}
