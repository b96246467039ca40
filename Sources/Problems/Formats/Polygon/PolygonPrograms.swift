import JudgeCore

/// The checker, the interactor and the resources of a Polygon package. They are read as text to see
/// whether they need testlib, and never run.
struct PolygonPrograms {
    private static let header = "testlib.h"
    /// Endings of resources that a checker or interactor may include; others would be compiled into it.
    private static let headerEndings = [".h", ".hh", ".hpp", ".hxx", ".h++", ".inl", ".inc"]
    private static let sourceLimit = 1 << 20
    private static let mostResources = 1_000

    let files: PolygonFiles
    let xml: XMLElement
    private(set) var warnings: [String] = []

    init(files: PolygonFiles, xml: XMLElement) {
        self.files = files
        self.xml = xml
    }

    /// - Throws: when there is nothing that decides, or a program's files are missing.
    func testlib() throws(ProblemsError) -> TestlibPrograms {
        guard let assets = xml.child("assets") else { throw xml.error("has no element assets") }
        // It would decide the points of the whole.
        if let scorer = assets.child("scorer") { throw scorer.error("its scorer is not supported") }
        var found = TestlibPrograms()
        if let element = assets.child("interactor") {
            found.interactor = try program(element, fallback: nil)
        }
        if let element = assets.child("checker") {
            if let type = element["type"], type != "testlib" {
                throw element.error("the checker's type is \(type); only testlib is supported")
            }
            found.checker = try program(element, fallback: "check.cpp")
        }
        guard found.checker != nil || found.interactor != nil else {
            throw assets.error("names neither a checker nor an interactor")
        }
        return found
    }

    /// A source with the headers that may stand beside it.
    ///
    /// - Parameter fallback: where Polygon keeps a copy of the source.
    func program(
        _ element: XMLElement, fallback: String?
    ) throws(ProblemsError) -> PackageProgram {
        guard let source = element.child("source"), let path = source["path"] else {
            throw element.error("the \(element.name) names no source")
        }
        guard let type = source["type"], let wish = PolygonLanguage.wish(for: type) else {
            throw source.error(
                "the \(element.name)'s type \"\(source["type"] ?? "")\" is not known")
        }
        var entry = try files.file(path, for: source)
        if entry == nil, let fallback { entry = try files.file(fallback, for: source) }
        guard let entry else {
            let stock = element["name"].map { ", which is \($0)," } ?? ""
            throw source.error("the \(element.name) \(path)\(stock) is not in the package")
        }
        var parts = [PackageFile(name: entry.name, path: entry.path)]
        for header in try headers() where header.name != entry.name { parts.append(header) }
        if try includesTestlib(entry), !parts.contains(where: { $0.name == Self.header }) {
            throw source.error(
                "the \(element.name) \(path) includes testlib.h, which is not in the package; put "
                    + "the one it was written for into files/testlib.h")
        }
        return PackageProgram(path: path, files: parts, language: wish)
    }

    /// The headers among the resources, testlib.h also where nothing lists it.
    private func headers() throws(ProblemsError) -> [PackageFile] {
        var found: [PackageFile] = []
        for element in try resources() {
            guard let path = element["path"], Self.headerEndings.contains(where: path.hasSuffix),
                let entry = try files.file(path, for: element)
            else { continue }
            try add(PackageFile(name: entry.name, path: entry.path), to: &found, for: element)
        }
        if !found.contains(where: { $0.name == Self.header }),
            let entry = try files.file("files/\(Self.header)", for: xml)
        {
            found.append(PackageFile(name: entry.name, path: entry.path))
        }
        return found
    }

    /// Files of one name would lie in one place; a file that is named twice is one.
    private func add(
        _ file: PackageFile, to files: inout [PackageFile], for element: XMLElement
    ) throws(ProblemsError) {
        guard let other = files.first(where: { $0.name == file.name }) else {
            return files.append(file)
        }
        guard other.path == file.path else {
            throw element.error("the name \(file.name) is that of another resource, too")
        }
    }

    private func resources() throws(ProblemsError) -> [XMLElement] {
        guard let element = xml.find("files", "resources") else { return [] }
        let resources = element.children("file")
        guard resources.count <= Self.mostResources else {
            throw element.error("has more than \(Self.mostResources) resources")
        }
        return resources
    }

    private func includesTestlib(_ source: PackageEntry) throws(ProblemsError) -> Bool {
        let text = String(
            decoding: try readFile(source, atMost: Self.sourceLimit), as: UTF8.self)
        return text.firstMatch(of: /#\s*include\s*["<]testlib\.h[">]/) != nil
    }

    // MARK: - Compiled with submissions

    /// The resources that belong to solutions, for the languages they name or for all.
    mutating func included() throws(ProblemsError) -> IncludedFiles {
        var included = IncludedFiles()
        for element in try resources() {
            let uses = element.child("assets")?.children("asset").compactMap { $0["name"] } ?? []
            guard uses.contains(where: { $0.lowercased() == "solution" }),
                let path = element["path"]
            else { continue }
            guard let entry = try files.file(path, for: element) else {
                throw element.error("the resource \(path) is not in the package")
            }
            var codes = PolygonLanguage.allCodes.union(["default"])
            let isMain = element["main"] == "true"
            // A main program without a list is one for its own type.
            if let types = element["for-types"] ?? (isMain ? element["type"] : nil) {
                codes = PolygonLanguage.codes(for: types)
                if codes.isEmpty {
                    warnings.append(
                        element.warning("for-types \"\(types)\" names no language known here"))
                }
            }
            for code in codes {
                try add(
                    PackageFile(name: entry.name, path: entry.path),
                    to: &included.byLanguage[code, default: []], for: element)
                if isMain { included.mainByLanguage[code] = entry.name }
            }
        }
        return included
    }
}
