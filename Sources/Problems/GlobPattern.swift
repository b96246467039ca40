/// A pattern of paths as `submissions.yaml` has it: `*` matches within one name, `{a,b}` either of
/// several texts. It matches a path when it matches the path itself or a directory around it.
package struct GlobPattern: Sendable, Equatable {
    /// What braces may unfold to.
    private static let alternativeLimit = 250
    private static let lengthLimit = 255

    package let text: String
    /// Every way to resolve the braces, as the names between slashes.
    private let alternatives: [[[UInt8]]]

    /// What one comparison costs, in bytes looked at: those that it unfolds to, and some for the path.
    package let weight: Int

    /// nil when it is empty or too long, unfolds to too much, or has `**`, brackets or braces without
    /// their partner.
    package init?(_ text: String) {
        guard !text.contains("**"), !text.contains(where: "[]".contains),
            text.utf8.count <= Self.lengthLimit,
            let unfolded = Self.unfold(Array(text.utf8)[...])
        else { return nil }
        self.text = text
        alternatives = unfolded.map { pattern in
            pattern.split(separator: UInt8(ascii: "/")).map(Array.init)
        }
        guard !alternatives.contains(where: \.isEmpty) else { return nil }
        weight = 32 + alternatives.joined().reduce(0) { $0 + $1.count + 1 }
    }

    /// Whether it matches `path` or a directory around it.
    package func matches(_ path: String) -> Bool {
        let names = Self.names(path)
        return alternatives.contains { $0.count <= names.count && Self.matches($0, names) }
    }

    /// Whether it matches `path` itself.
    package func matchesExactly(_ path: String) -> Bool {
        let names = Self.names(path)
        return alternatives.contains { $0.count == names.count && Self.matches($0, names) }
    }

    private static func names(_ path: String) -> [[UInt8]] {
        path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    }

    private static func matches(_ pattern: [[UInt8]], _ names: [[UInt8]]) -> Bool {
        zip(pattern, names).allSatisfy { matchesName($0, $1) }
    }

    /// Goes back to the last star only, so that the time is at most the product of the lengths.
    private static func matchesName(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
        var (place, position) = (0, 0)
        var star: (place: Int, position: Int)?
        while position < name.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place] == name[position] {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                (place, position) = (last.place + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// All texts that the first pair of braces and those after it stand for.
    private static func unfold(_ text: ArraySlice<UInt8>) -> [[UInt8]]? {
        let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
        guard let start = text.firstIndex(of: open) else {
            return text.contains(close) ? nil : [Array(text)]
        }
        guard let end = text[start...].firstIndex(of: close),
            !text[..<start].contains(close), !text[(start + 1)..<end].contains(open),
            let rests = unfold(text[(end + 1)...])
        else { return nil }
        let choices = text[(start + 1)..<end].split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard choices.count * rests.count <= alternativeLimit else { return nil }
        return choices.flatMap { choice in rests.map { text[..<start] + choice + $0 } }
    }
}
