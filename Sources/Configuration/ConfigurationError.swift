/// A mistake in judge.conf, or a judge.conf that cannot be read; the operator can mend it.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    package var file: String
    /// 1 for the first; nil when the mistake is not in a line.
    package var line: Int?
    /// One sentence: what is wrong and what would be right.
    package var text: String

    package init(file: String, line: Int?, text: String) {
        self.file = file
        self.line = line
        self.text = text
    }

    package var description: String {
        line.map { "\(file):\($0): \(text)" } ?? "\(file): \(text)"
    }
}

/// A mistake on its way out of the decoder, before its line is looked up.
struct Mistake: Error {
    /// Keys and array indices from the root of the document.
    var path: [String]
    var text: String
}
