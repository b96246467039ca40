/// Text of unknown origin, made harmless for a terminal.
///
/// Control characters (also those of ISO 8859-1), characters that turn the direction of writing and
/// other separators of lines are written as their escapes; nothing else changes.
enum Printable {
    /// As one line.
    static func line(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": line += "\\n"
            case "\t": line += "\\t"
            case "\r": line += "\\r"
            case _ where isHarmful(scalar):
                line += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// As the lines it has, without empty ones at the end.
    static func lines(_ text: String) -> [String] {
        var lines = text.unicodeScalars.split(
            separator: "\n", omittingEmptySubsequences: false
        ).map { line(String(String.UnicodeScalarView($0))) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f..<0xa0, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
