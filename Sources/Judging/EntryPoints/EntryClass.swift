import JudgeCore

// Theory of operation. A program for the Java machine starts in a class, and which one that is stands in the
// sources, not in their names. The sources are taken apart into words far enough to see their packages, their
// outermost types and which of these has a `main`. Nothing is refused here: what is no source, the compiler says.

/// An outermost type of a source.
struct SourceType: Equatable {
    /// With its package.
    var name: String
    var isPublic: Bool
    var hasMain: Bool

    /// Without its package.
    var plainName: String { name.split(separator: ".").last.map(String.init) ?? name }
}

enum EntryClass {
    /// Whether a text is the name of a class with its package: `a.b.Main`.
    static func isName(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 255 && !parts.isEmpty && parts.allSatisfy(isIdentifier)
    }

    static func isIdentifier(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first else { return false }
        return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
            && text.utf8.allSatisfy(SourceTokens.isWord)
    }

    /// The outermost types of a source; of Kotlin also the class that a file is.
    static func types(in file: SourceFile, by rule: EntryRule) -> [SourceType] {
        switch rule {
        case .file: []
        case .javaClass: JavaTypes.of(SourceTokens.of(file.bytes, nests: false))
        case .kotlinClass:
            KotlinTypes.of(SourceTokens.of(file.bytes, nests: true), fileName: file.name)
        case .scalaObject: ScalaTypes.of(SourceTokens.of(file.bytes, nests: true))
        }
    }
}

extension SourceSet {
    /// The sources as a compiler wants them called: in Java a file is called as its public type.
    ///
    /// A name that another file has, or that is no valid one, is not given.
    func named(for language: Language) -> SourceSet {
        guard language.entryRule == .javaClass else { return self }
        var set = self
        for index in set.files.indices where language.accepts(set.files[index].name) {
            let file = set.files[index]
            let types = EntryClass.types(in: file, by: .javaClass)
            guard let type = types.first(where: \.isPublic) else { continue }
            let name = type.plainName + ".java"
            guard name != file.name, SourceFile.isValid(name: name),
                !set.files.contains(where: { $0.name == name })
            else { continue }
            set.files[index].name = name
            if set.entryPoint == file.name { set.entryPoint = name }
            if set.included.remove(file.name) != nil { set.included.insert(name) }
        }
        return set
    }

    /// The class that starts: one that the package brings with its files; else of the file that the submitter
    /// named, or the class itself; else the one with a `main`, of several that of `Main`, then that of the file that
    /// starts by its name.
    func entryClass(in language: Language) -> String {
        // What a package brings to start with is not for a submission to replace.
        let ofPackage = starting(in: language) { included.contains($0) }
        if !ofPackage.isEmpty {
            let named = ofPackage.filter { $0.file == entryPoint }
            return chosen(among: named.isEmpty ? ofPackage : named)
        }
        if let entryPoint, !files.contains(where: { $0.name == entryPoint }) { return entryPoint }
        return chosen(among: starting(in: language) { entryPoint == nil || $0 == entryPoint })
    }

    private typealias StartingType = (file: String, type: SourceType)

    private func starting(
        in language: Language, among isMeant: (String) -> Bool
    ) -> [StartingType] {
        sourceNames(in: language).filter(isMeant).flatMap { name -> [StartingType] in
            guard let file = files.first(where: { $0.name == name }) else { return [] }
            return EntryClass.types(in: file, by: language.entryRule).filter(\.hasMain)
                .map { (name, $0) }
        }
    }

    private func chosen(among starting: [StartingType]) -> String {
        let first = firstFile(of: starting.map(\.file))
        let chosen =
            starting.first { $0.type.plainName == "Main" } ?? starting.first { $0.file == first }
        // The machine says then that there is no such class.
        return chosen?.type.name ?? "Main"
    }
}
