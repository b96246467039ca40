/// Why a package cannot be used: its author's fault, or the file system's.
package struct ProblemsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file or directory at fault.
    package let file: String
    /// From 1; nil where no line is to blame.
    package let line: Int?
    /// What is wrong and what to do, one sentence, lower case, no full stop.
    package let sentence: String
    /// The system's error when a copy could not be written; nil where the package is at fault.
    package let writeError: Int32?

    package init(
        _ sentence: String, file: String, line: Int? = nil, writeError: Int32? = nil
    ) {
        self.writeError = writeError
        self.file = file
        self.line = line
        self.sentence = sentence
    }

    /// `problem.yaml:3: sentence`, with the whole path.
    package var description: String {
        [file, line.map(String.init)].compactMap(\.self).joined(separator: ":") + ": " + sentence
    }
}

/// - Throws: when the task that reads or writes `file` is cancelled: what is half done is taken back by
///   whoever began it.
func stopIfCancelled(_ file: String) throws(ProblemsError) {
    guard !Task.isCancelled else { throw ProblemsError("was interrupted", file: file) }
}
