/// On which line of a TOML document each key and each array element stands.
///
/// The TOML reader reports no places, so this scanner walks over text that the reader has accepted
/// already: it needs to know where names, strings, arrays and inline tables begin and end, and checks
/// nothing.
struct TOMLLines {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lines: [[String]: Int] = [:]

    init(_ text: String) {
        bytes = Array(text.utf8)
        scan()
    }

    /// The line of a path, or of the longest part of it that stands in the document.
    subscript(path: [String]) -> Int? {
        var path = path
        while !path.isEmpty {
            if let line = lines[path] { return line }
            path.removeLast()
        }
        return nil
    }

    private mutating func scan() {
        var section: [String] = []
        skipSpace(lineEnds: true)
        while position < bytes.count {
            if peek("[") {
                while peek("[") { advance() }
                section = keyPath(until: "]")
                record(section)
                while peek("]") { advance() }
            } else {
                let path = section + keyPath(until: "=")
                record(path)
                if peek("=") { advance() }
                skipValue(path)
            }
            skipSpace(lineEnds: true)
        }
    }

    /// Keeps the first line of a path, and of each section that only a dotted key implies.
    private mutating func record(_ path: [String]) {
        for length in path.indices {
            let part = Array(path[...length])
            if lines[part] == nil { lines[part] = line }
        }
    }

    /// Reads `a.b."c d"` up to an ending byte, or the end of the line.
    private mutating func keyPath(until end: Unicode.Scalar) -> [String] {
        var path: [String] = []
        while position < bytes.count, !peek(end), !peek("\n") {
            if peek("\"") || peek("'") {
                path.append(quoted())
            } else if peek(" ") || peek("\t") || peek(".") || peek("\r") {
                advance()
            } else {
                path.append(bareWord(endingAt: [" ", "\t", ".", "\r", "\n", end]))
            }
        }
        return path
    }

    private mutating func skipValue(_ path: [String]) {
        skipSpace(lineEnds: false)
        if peek("\"") || peek("'") {
            _ = quoted()
        } else if peek("[") {
            skipArray(path)
        } else if peek("{") {
            skipInlineTable(path)
        } else {
            _ = bareWord(endingAt: [",", "]", "}", "#", "\n"])
        }
    }

    private mutating func skipArray(_ path: [String]) {
        advance()
        var index = 0
        skipSpace(lineEnds: true)
        while position < bytes.count, !peek("]") {
            if peek(",") {
                advance()
            } else {
                record(path + [String(index)])
                skipValue(path + [String(index)])
                index += 1
            }
            skipSpace(lineEnds: true)
        }
        advance()
    }

    private mutating func skipInlineTable(_ path: [String]) {
        advance()
        skipSpace(lineEnds: true)
        while position < bytes.count, !peek("}") {
            if peek(",") {
                advance()
            } else {
                let inner = path + keyPath(until: "=")
                record(inner)
                if peek("=") { advance() }
                skipValue(inner)
            }
            skipSpace(lineEnds: true)
        }
        advance()
    }

    /// Reads any of the four kinds of string; escapes stay as they are written.
    private mutating func quoted() -> String {
        let quote = bytes[position]
        let long =
            bytes[position...].prefix(3).count == 3
            && bytes[position...].prefix(3).allSatisfy { $0 == quote }
        let delimiter = [UInt8](repeating: quote, count: long ? 3 : 1)
        for _ in delimiter { advance() }
        let start = position
        while position < bytes.count, !bytes[position...].starts(with: delimiter) {
            if peek("\\"), quote == UInt8(ascii: "\"") { advance() }
            advance()
        }
        let text = String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self)
        for _ in delimiter { advance() }
        // Up to two quotes may stand just before the closing three.
        while long, position < bytes.count, bytes[position] == quote { advance() }
        return text
    }

    private mutating func bareWord(endingAt ends: [Unicode.Scalar]) -> String {
        let start = position
        while position < bytes.count, !ends.contains(where: { peek($0) }) { advance() }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipSpace(lineEnds: Bool) {
        while position < bytes.count {
            if peek("#") {
                while position < bytes.count, !peek("\n") { advance() }
            } else if peek(" ") || peek("\t") || peek("\r") || (lineEnds && peek("\n")) {
                advance()
            } else {
                return
            }
        }
    }

    private func peek(_ scalar: Unicode.Scalar) -> Bool {
        position < bytes.count && bytes[position] == UInt8(ascii: scalar)
    }

    private mutating func advance() {
        guard position < bytes.count else { return }
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }
}
