import CExpat

/// An element of an XML file with the line it begins at.
struct XMLElement {
    let name: String
    /// As the caller sees the file.
    let file: String
    let line: Int
    let attributes: [String: String]
    fileprivate(set) var children: [XMLElement] = []
    /// Of this element alone, in one piece.
    fileprivate(set) var text = ""

    func children(_ name: String) -> [XMLElement] {
        children.filter { $0.name == name }
    }

    /// The first child of this name; nil when there is none.
    func child(_ name: String) -> XMLElement? {
        children.first { $0.name == name }
    }

    /// The first element below along a path of names.
    func find(_ path: String...) -> XMLElement? {
        path.reduce(self as XMLElement?) { $0?.child($1) }
    }

    /// The attribute's value; nil also when it is empty.
    subscript(_ attribute: String) -> String? {
        attributes[attribute].flatMap { $0.isEmpty ? nil : $0 }
    }

    func error(_ sentence: String) -> ProblemsError {
        ProblemsError(sentence, file: file, line: line)
    }

    func warning(_ sentence: String) -> String {
        "\(file):\(line): \(sentence)"
    }
}

/// Reads XML that strangers wrote: bounded in size and depth, and without document type declarations,
/// so that no entity is defined by the file, unfolds or is fetched from elsewhere.
enum XMLFile {
    static let sizeLimit = 4 << 20
    static let depthLimit = 64

    /// The element that holds all others.
    static func read(_ entry: PackageEntry) throws(ProblemsError) -> XMLElement {
        let bytes = try readFile(entry, atMost: sizeLimit)
        guard let parser = XML_ParserCreate(nil) else {
            throw ProblemsError("cannot be read: no memory for it", file: entry.shown)
        }
        defer { XML_ParserFree(parser) }
        let tree = Tree(parser, file: entry.shown)
        return try withExtendedLifetime(tree) { () throws(ProblemsError) in
            tree.listen()
            let status = bytes.withUnsafeBufferPointer { buffer in
                buffer.withMemoryRebound(to: CChar.self) {
                    XML_Parse(parser, $0.baseAddress, Int32($0.count), 1)
                }
            }
            if let refusal = tree.refusal { throw refusal }
            guard status == XML_STATUS_OK, let root = tree.root else {
                let code = XML_GetErrorCode(parser)
                let why = XML_ErrorString(code).map { String(cString: $0) } ?? "unknown reason"
                throw ProblemsError("is not XML: \(why)", file: entry.shown, line: tree.line)
            }
            return root
        }
    }
}

/// What the parser has told so far. Only `XMLFile.read` uses it, on one thread.
private final class Tree {
    private let parser: OpaquePointer
    private let file: String
    private var open: [XMLElement] = []
    private(set) var root: XMLElement?
    private(set) var refusal: ProblemsError?

    init(_ parser: OpaquePointer, file: String) {
        self.parser = parser
        self.file = file
    }

    var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

    func listen() {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            tree(data).refuse(
                "has a document type declaration, which this judge does not read: with it a file can "
                    + "unfold or name other files; remove it")
        }
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let name else { return }
                tree(data).begin(String(cString: name), attributes)
            }, { data, _ in tree(data).end() })
        XML_SetCharacterDataHandler(parser) { data, text, count in
            guard let text else { return }
            let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
            tree(data).add(String(decoding: bytes, as: UTF8.self))
        }
    }

    private func refuse(_ sentence: String) {
        refusal = ProblemsError(sentence, file: file, line: line)
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    private func begin(
        _ name: String, _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
    ) {
        guard refusal == nil else { return }
        guard open.count < XMLFile.depthLimit else {
            return refuse("is nested more than \(XMLFile.depthLimit) deep")
        }
        var attributes: [String: String] = [:]
        var index = 0
        while let list, let key = list[index], let value = list[index + 1] {
            attributes[String(cString: key)] = String(cString: value)
            index += 2
        }
        open.append(XMLElement(name: name, file: file, line: line, attributes: attributes))
    }

    private func end() {
        guard refusal == nil, let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
    }

    private func add(_ text: String) {
        guard refusal == nil, !open.isEmpty else { return }
        open[open.count - 1].text += text
    }
}

private func tree(_ data: UnsafeMutableRawPointer?) -> Tree {
    guard let data else { preconditionFailure("the parser lost its tree") }
    return Unmanaged<Tree>.fromOpaque(data).takeUnretainedValue()
}
