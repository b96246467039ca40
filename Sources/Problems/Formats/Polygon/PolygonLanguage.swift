import JudgeCore

/// Polygon's types of sources: `cpp.g++17`, `java11`, `python.pypy3`.
enum PolygonLanguage {
    /// Beginnings of types with the codes they stand for; the longest that fits counts.
    private static let codes: [(prefix: String, code: String)] = [
        ("cpp.", "cpp"), ("c.", "c"), ("java", "java"), ("javascript", "javascript"),
        ("js.", "javascript"), ("kotlin", "kotlin"), ("python.2", "python2"),
        ("python.", "python3"), ("python.pypy2", "python2"), ("pas.", "pascal"),
        ("csharp", "csharp"), ("rust", "rust"), ("go", "go"), ("haskell", "haskell"), ("d", "d"),
        ("ocaml", "ocaml"), ("perl", "perl"), ("php", "php"), ("ruby", "ruby"), ("scala", "scala"),
        ("delphi", "pascal"), ("fpc", "pascal"),
    ]

    /// - Returns: nil for types that this judge does not know.
    static func wish(for type: String) -> LanguageWish? {
        let code = codes.filter { type.hasPrefix($0.prefix) }
            .max { $0.prefix.utf8.count < $1.prefix.utf8.count }?.code
        guard let code else { return nil }
        return LanguageWish(stated: type, code: code, id: id(of: type, code: code))
    }

    /// Codes that one of `cpp.*;python.3` names.
    static func codes(for types: String) -> Set<String> {
        var found: Set<String> = []
        for type in types.split(whereSeparator: { ";, ".contains($0) }) {
            if type.hasSuffix("*") {
                let prefix = type.dropLast()
                found.formUnion(codes.filter { $0.prefix.hasPrefix(prefix) }.map(\.code))
            }
            if let wish = wish(for: String(type)) { found.insert(wish.code) }
        }
        return found
    }

    /// Every code that a source can have.
    static var allCodes: Set<String> { Set(codes.map(\.code)) }

    /// The standard stands last: `cpp.gcc14-64-msys2-g++23` is C++23.
    private static func id(of type: String, code: String) -> String? {
        switch code {
        case "cpp":
            let digits = String(type.suffix(2))
            return type.dropLast(2).hasSuffix("g++") && digits.allSatisfy(\.isNumber)
                ? "cpp" + digits : nil
        case "python3": return type.contains("pypy") ? "pypy3" : "python3"
        case "java", "kotlin": return type.filter { $0 != "." }
        default: return nil
        }
    }
}
