/// One source set for one problem. It never changes once it is stored.
package struct Submission: Sendable, Equatable {
    package var id: Int64
    package var problem: String
    /// Id of the language, a section of judge.conf.
    package var language: String
    package var user: String?
    package var entryPoint: String?
    package var files: [SourceFile]
    package var submittedAt: Instant

    package init(
        id: Int64, problem: String, language: String, user: String?, entryPoint: String?,
        files: [SourceFile], submittedAt: Instant
    ) {
        self.id = id
        self.problem = problem
        self.language = language
        self.user = user
        self.entryPoint = entryPoint
        self.files = files
        self.submittedAt = submittedAt
    }
}

/// A file as it was submitted, byte for byte.
package struct SourceFile: Sendable, Equatable {
    /// A plain name without directories: letters, digits, `_`, `.`, `-`, `+`, not beginning with `-` or `.`.
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Whether `name` may be given to a compiler and written into a sandbox: 1 to 255 bytes of
    /// letters, digits, `_`, `.`, `-` and `+`, beginning with a letter, digit or `_`.
    package static func isValid(name: String) -> Bool {
        let bytes = name.utf8
        guard (1...255).contains(bytes.count), let first = bytes.first else { return false }
        func isWord(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        let others = [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+")]
        return isWord(first) && bytes.allSatisfy { isWord($0) || others.contains($0) }
    }
}
