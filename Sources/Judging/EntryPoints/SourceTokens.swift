/// A word or a sign of a source in one of the languages of the Java machine, with its place in the nesting.
struct SourceToken: Equatable {
    enum Kind: Equatable {
        case word, sign
        /// The content of a literal.
        case text
    }

    var kind: Kind
    var text: String
    /// How many `{` are open before it.
    var depth: Int
}

/// Takes a source in Java, Kotlin or Scala apart as far as finding its types needs: comments are gone, what
/// stands in literals is no word. What is no source comes apart somehow; nothing depends on it but which class
/// is started.
struct SourceTokens {
    /// Whether `/*` within a comment needs a `*/` of its own, and `${` in a literal begins an expression.
    private let nests: Bool
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var tokens: [SourceToken] = []

    /// - Parameter nests: true of Kotlin and Scala, false of Java.
    static func of(_ bytes: [UInt8], nests: Bool) -> [SourceToken] {
        var scanner = SourceTokens(bytes, nests: nests)
        scanner.scan()
        return scanner.tokens
    }

    private init(_ bytes: [UInt8], nests: Bool) {
        self.bytes = bytes
        self.nests = nests
    }

    private mutating func scan() {
        // A byte order mark, which compilers pass over, is no part of the first word.
        if has("\u{FEFF}", at: 0) { position = 3 }
        while position < bytes.count {
            if skipComment() || skipLiteral() { continue }
            let byte = bytes[position]
            if Self.isWord(byte) {
                let start = position
                while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
                add(.word, bytes[start..<position])
            } else {
                position += 1
                if byte == UInt8(ascii: "}") { depth = max(0, depth - 1) }
                if byte > UInt8(ascii: " ") { add(.sign, [byte]) }
                if byte == UInt8(ascii: "{") { depth += 1 }
            }
        }
    }

    private mutating func add(_ kind: SourceToken.Kind, _ bytes: some Collection<UInt8>) {
        tokens.append(
            SourceToken(kind: kind, text: String(decoding: bytes, as: UTF8.self), depth: depth))
    }

    /// Whether a byte belongs to a word; of other scripts than Latin all do.
    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 128...:
            true
        default: false
        }
    }

    private func has(_ text: StaticString, at place: Int) -> Bool {
        place + text.utf8CodeUnitCount <= bytes.count
            && (0..<text.utf8CodeUnitCount).allSatisfy {
                bytes[place + $0] == text.utf8Start[$0]
            }
    }

    private mutating func skipComment() -> Bool {
        if has("//", at: position) {
            while position < bytes.count, !has("\n", at: position), !has("\r", at: position) {
                position += 1
            }
            return true
        }
        guard has("/*", at: position) else { return false }
        var open = 1
        position += 2
        while position < bytes.count, open > 0 {
            if has("*/", at: position) {
                open -= 1
                position += 2
            } else if nests, has("/*", at: position) {
                open += 1
                position += 2
            } else {
                position += 1
            }
        }
        return true
    }

    private mutating func skipLiteral() -> Bool {
        if has("\"\"\"", at: position) {
            let start = position + 3
            position = start
            while position < bytes.count, !has("\"\"\"", at: position) {
                // Only Java's have escapes.
                position += !nests && bytes[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            add(.text, bytes[start..<min(position, bytes.count)])
            position = min(position + 3, bytes.count)
            return true
        }
        if has("\"", at: position) {
            skipText()
            return true
        }
        guard has("'", at: position) else { return false }
        skipCharacter()
        return true
    }

    /// On one line, as all of them are.
    private mutating func skipText() {
        let start = position + 1
        position = start
        while position < bytes.count, !has("\"", at: position), !has("\n", at: position) {
            if nests, has("${", at: position) {
                skipExpression()
            } else {
                position += has("\\", at: position) ? 2 : 1
            }
        }
        position = min(position, bytes.count)
        add(.text, bytes[start..<position])
        position = min(position + 1, bytes.count)
    }

    /// An expression within a text, which may hold texts itself; it has no types.
    private mutating func skipExpression() {
        var open = 0
        while position < bytes.count, !has("\n", at: position) {
            if has("{", at: position) { open += 1 }
            if has("}", at: position) {
                open -= 1
                if open == 0 {
                    position += 1
                    return
                }
            }
            if has("\"", at: position) {
                position += 1
                while position < bytes.count, !has("\"", at: position), !has("\n", at: position) {
                    position += has("\\", at: position) ? 2 : 1
                }
            }
            position += 1
        }
    }

    /// A character; a single quote that begins none, as of a symbol in Scala, is passed over.
    private mutating func skipCharacter() {
        let start = position
        position += 1
        while position < bytes.count, position - start < 12, !has("\n", at: position) {
            if has("'", at: position), position > start + 1 {
                position += 1
                return
            }
            position += has("\\", at: position) ? 2 : 1
        }
        position = min(start + 1, bytes.count)
    }
}
