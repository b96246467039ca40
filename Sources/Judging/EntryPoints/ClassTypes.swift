/// Walks over tokens and gathers what they declare. Sources are hostile: nothing here looks at all of them again for
/// each word.
private struct Declarations {
    /// Words that begin a declaration, in any of the languages.
    private static let keywords: Set = [
        "class", "interface", "enum", "record", "object", "trait", "fun", "def",
    ]
    /// How far before a declaration its modifiers are looked for; there are annotations among them.
    private static let modifiersAtMost = 200

    let tokens: [SourceToken]
    private let package: String

    init(_ tokens: [SourceToken]) {
        self.tokens = tokens
        package = Self.package(of: tokens)
    }

    /// The packages that are declared outside of everything, joined.
    private static func package(of tokens: [SourceToken]) -> String {
        tokens.indices
            .filter {
                tokens[$0].kind == .word && tokens[$0].depth == 0 && tokens[$0].text == "package"
            }
            .map { path(in: tokens, from: $0 + 1) }.filter { !$0.isEmpty && $0 != "object" }
            .joined(separator: ".")
    }

    /// Words that are joined by dots from a place on: `a.b.c`.
    private static func path(in tokens: [SourceToken], from start: Int) -> String {
        var path = ""
        var place = start
        while place < tokens.count, tokens[place].kind == .word {
            path += tokens[place].text
            guard place + 2 < tokens.count, tokens[place + 1].text == ".",
                tokens[place + 2].kind == .word
            else { break }
            path += "."
            place += 2
        }
        return path
    }

    func isWord(_ text: String, at place: Int, depth: Int) -> Bool {
        tokens[place].kind == .word && tokens[place].depth == depth && tokens[place].text == text
    }

    func text(at place: Int) -> String? {
        tokens.indices.contains(place) ? tokens[place].text : nil
    }

    /// The name that follows a keyword.
    func name(after place: Int) -> String? {
        guard tokens.indices.contains(place + 1), tokens[place + 1].kind == .word,
            EntryClass.isIdentifier(tokens[place + 1].text)
        else { return nil }
        return tokens[place + 1].text
    }

    /// The words before a place up to the end of what stands before.
    func modifiers(before place: Int) -> Set<String> {
        var words: Set<String> = []
        for token in tokens[..<place].suffix(Self.modifiersAtMost).reversed() {
            if token.kind == .sign, [";", "{", "}"].contains(token.text) { break }
            if token.kind == .word { words.insert(token.text) }
        }
        return words
    }

    /// Whether a name is declared at a place; `B::class` declares none.
    func isDeclaration(at place: Int) -> Bool {
        tokens[place].kind == .word && Self.keywords.contains(tokens[place].text)
            && ![".", ":"].contains(text(at: place - 1)) && name(after: place) != nil
    }

    /// Where that ends which stands before the body of a type that is declared at a place: at its `{`, or where it
    /// has no body, at the next declaration.
    func headEnd(after place: Int) -> Int {
        let depth = tokens[place].depth
        return tokens[(place + 1)...].indices.first {
            guard tokens[$0].depth == depth else { return false }
            return tokens[$0].kind == .sign
                ? [";", "{", "}"].contains(tokens[$0].text) : isDeclaration(at: $0)
        } ?? tokens.count
    }

    /// Where the body of a type that is declared at a place begins and ends; nil where it has none.
    func body(after place: Int) -> Range<Int>? {
        let open = headEnd(after: place)
        guard open < tokens.count, tokens[open].kind == .sign, tokens[open].text == "{" else {
            return nil
        }
        let depth = tokens[place].depth
        let end = tokens[(open + 1)...].firstIndex { $0.depth <= depth } ?? tokens.count
        return (open + 1)..<end
    }

    func qualified(_ name: String) -> String { package.isEmpty ? name : "\(package).\(name)" }
}

enum JavaTypes {
    private static let kinds: Set = ["class", "interface", "enum", "record"]

    static func of(_ tokens: [SourceToken]) -> [SourceType] {
        let source = Declarations(tokens)
        return tokens.indices.compactMap { place in
            guard tokens[place].kind == .word, tokens[place].depth == 0,
                kinds.contains(tokens[place].text), source.isDeclaration(at: place),
                let name = source.name(after: place)
            else { return nil }
            return SourceType(
                name: source.qualified(name),
                isPublic: source.modifiers(before: place).contains("public"),
                hasMain: source.body(after: place).map { hasMain(source, in: $0) } ?? false)
        }
    }

    private static func hasMain(_ source: Declarations, in body: Range<Int>) -> Bool {
        body.contains { place in
            source.isWord("main", at: place, depth: 1) && source.text(at: place + 1) == "("
                && source.text(at: place - 1) == "void"
                && source.modifiers(before: place).contains("static")
        }
    }
}

enum KotlinTypes {
    static func of(_ tokens: [SourceToken], fileName: String) -> [SourceType] {
        let source = Declarations(tokens)
        var types: [SourceType] = []
        if hasMain(source, in: tokens.indices, depth: 0) {
            let name = givenName(source) ?? fileClass(fileName)
            types.append(
                SourceType(name: source.qualified(name), isPublic: true, hasMain: true))
        }
        for place in tokens.indices
        where source.isWord("object", at: place, depth: 0)
            || source.isWord("class", at: place, depth: 0)
        {
            guard source.isDeclaration(at: place), let name = source.name(after: place),
                let body = source.body(after: place)
            else { continue }
            // A class has it in its companion.
            let depth = tokens[place].text == "object" ? 1 : 2
            types.append(
                SourceType(
                    name: source.qualified(name), isPublic: true,
                    hasMain: hasMain(source, in: body, depth: depth)))
        }
        return types
    }

    private static func hasMain(
        _ source: Declarations, in range: Range<Int>, depth: Int
    ) -> Bool {
        range.contains { place in
            source.isWord("main", at: place, depth: depth) && source.text(at: place - 1) == "fun"
                && source.text(at: place + 1) == "("
                && (depth == 0 || source.modifiers(before: place).contains("JvmStatic"))
        }
    }

    /// Of `@file:JvmName("Name")`.
    private static func givenName(_ source: Declarations) -> String? {
        guard
            let place = source.tokens.indices.first(where: {
                source.isWord("JvmName", at: $0, depth: 0) && source.text(at: $0 - 2) == "file"
            }), source.text(at: place + 1) == "(", let name = source.text(at: place + 2),
            EntryClass.isIdentifier(name)
        else { return nil }
        return name
    }

    /// What the compiler calls the class of a file: `sol-1.kt` is `Sol_1Kt`.
    static func fileClass(_ fileName: String) -> String {
        let base = fileName.hasSuffix(".kt") ? String(fileName.dropLast(3)) : fileName
        var name = base.map { EntryClass.isIdentifier("_\($0)") ? String($0) : "_" }.joined()
        if let first = name.first {
            name = first.isNumber ? "_" + name : first.uppercased() + name.dropFirst()
        }
        return name + "Kt"
    }
}

enum ScalaTypes {
    static func of(_ tokens: [SourceToken]) -> [SourceType] {
        let source = Declarations(tokens)
        return tokens.indices.compactMap { place in
            guard source.isWord("object", at: place, depth: 0),
                source.text(at: place - 1) != "package", source.isDeclaration(at: place),
                let name = source.name(after: place)
            else { return nil }
            let body = source.body(after: place)
            let head = tokens[place..<source.headEnd(after: place)]
            let isApp = zip(head, head.dropFirst()).contains {
                ($0.text == "extends" || $0.text == "with") && $1.text == "App"
            }
            let hasMain = body.map { body in
                body.contains {
                    source.isWord("main", at: $0, depth: 1) && source.text(at: $0 - 1) == "def"
                }
            }
            return SourceType(
                name: source.qualified(name), isPublic: true, hasMain: isApp || hasMain ?? false)
        }
    }
}
