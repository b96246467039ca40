/// The language that a package states for one of its programs, by the package format's words.
package struct LanguageWish: Sendable, Hashable {
    /// As the package writes it: `cpp.g++17`.
    package var stated: String
    /// Language code of the Kattis/ICPC package format: `cpp`.
    package var code: String
    /// The section of judge.conf that fits best, where there is one of this id: `cpp17`.
    package var id: String?

    package init(stated: String, code: String, id: String? = nil) {
        self.stated = stated
        self.code = code
        self.id = id
    }
}

extension Language {
    /// The language of a wish: the one of its id, else the one of its code that endings choose, else
    /// the first of its code.
    ///
    /// - Throws: when no language has the code.
    package static func fitting(
        _ wish: LanguageWish, among languages: [Language]
    ) throws(LanguageError) -> Language {
        let candidates = languages.filter { $0.code == wish.code }
        guard
            let found = candidates.first(where: { $0.id == wish.id })
                ?? candidates.first(where: \.detected) ?? candidates.first
        else {
            throw LanguageError(
                "it is written in \(wish.stated), and no language here has the code \(wish.code)")
        }
        return found
    }
}
