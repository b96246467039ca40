import JudgeCore

/// Whether a precompiled header can stand for the header without a change to what the sources mean.
///
/// g++ takes a precompiled header where it is the first thing included, even behind macros and pragmas that
/// would have changed what the header comes to (`#pragma GCC optimize`). So it is offered only where
/// nothing but comments stands before it, in every file that names it.
enum HeaderRule {
    /// - Parameter header: as it is included: `bits/stdc++.h`.
    static func admits(_ sources: SourceSet, in language: Language, header: String) -> Bool {
        let last = Array((header.split(separator: "/").last.map(String.init) ?? header).utf8)
        let compiled = Set(sources.sourceNames(in: language))
        var isIncluded = false
        for file in sources.files {
            // It would take the header's place.
            guard !Array(file.name.utf8).ends(with: last) else { return false }
            guard file.bytes.contains(last) else { continue }
            // A header of the submission's may be included behind anything.
            guard compiled.contains(file.name), begins(file.bytes, including: header) else {
                return false
            }
            isIncluded = true
        }
        return isIncluded
    }

    /// Whether white space and comments alone come before `#include <header>`, and nothing after it on the line.
    private static func begins(_ bytes: [UInt8], including header: String) -> Bool {
        var rest = bytes[...]
        guard skipComments(&rest) else { return false }
        guard rest.first == UInt8(ascii: "#") else { return false }
        rest = rest.dropFirst().drop(while: isBlank)
        let word = Array("include".utf8)
        guard rest.starts(with: word) else { return false }
        rest = rest.dropFirst(word.count).drop(while: isBlank)
        let name = Array("<\(header)>".utf8)
        guard rest.starts(with: name) else { return false }
        rest = rest.dropFirst(name.count).drop { isBlank($0) || $0 == UInt8(ascii: "\r") }
        return rest.first.map { $0 == newline } ?? true
    }

    /// - Returns: false where a comment is of a kind that is not understood here.
    private static func skipComments(_ rest: inout ArraySlice<UInt8>) -> Bool {
        while true {
            rest = rest.drop { isBlank($0) || $0 == newline || $0 == UInt8(ascii: "\r") }
            guard rest.first == UInt8(ascii: "/"), let second = rest.dropFirst().first else {
                return true
            }
            switch second {
            case UInt8(ascii: "/"):
                let line = rest.prefix { $0 != newline }
                // A backslash before the line's end, also one with blanks behind it, goes on in the next line.
                guard !line.contains(UInt8(ascii: "\\")), !line.contains(UInt8(ascii: "?")) else {
                    return false
                }
                rest = rest.dropFirst(line.count)
            case UInt8(ascii: "*"):
                rest = rest.dropFirst(2)
                guard let end = rest.first(of: Array("*/".utf8)) else { return false }
                // A backslash may part the characters that end it.
                guard !rest[..<end].contains(UInt8(ascii: "\\")),
                    !rest[..<end].contains(UInt8(ascii: "?"))
                else { return false }
                rest = rest[(end + 2)...]
            default: return true
            }
        }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}

extension Collection<UInt8> where Index == Int {
    /// Where `part`, which is not empty, begins first.
    fileprivate func first(of part: [UInt8]) -> Int? {
        guard let first = part.first else { return nil }
        var start = startIndex
        while let found = self[start...].firstIndex(of: first) {
            if self[found...].starts(with: part) { return found }
            start = found + 1
        }
        return nil
    }

    fileprivate func contains(_ part: [UInt8]) -> Bool { first(of: part) != nil }

    fileprivate func ends(with part: [UInt8]) -> Bool { suffix(part.count).elementsEqual(part) }
}
