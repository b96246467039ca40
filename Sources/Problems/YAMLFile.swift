import Yams

/// A value of a YAML file with its line.
struct YAMLValue {
    indirect enum Content {
        case null
        /// Plain scalars are text too; who wants a number or a truth value reads it as one.
        case text(String, plain: Bool)
        case list([YAMLValue])
        case map([YAMLKey])
    }

    var content: Content
    var line: Int
}

struct YAMLKey {
    var name: String
    var line: Int
    var value: YAMLValue
}

/// Reads YAML that strangers wrote: bounded in size and depth, one document, and neither anchors
/// nor aliases, with which a few lines unfold to gigabytes.
enum YAMLFile {
    static let sizeLimit = 256 << 10
    private static let aliasLimit = 20

    /// The keys of a file that is a mapping; an empty file has none.
    ///
    /// - Parameter constants: replaced before the text is read as YAML.
    static func read(
        _ entry: PackageEntry, constants: Constants = Constants()
    ) throws(ProblemsError) -> YAMLMap {
        let stated = try readFile(entry, atMost: sizeLimit)
        guard var bytes = constants.applied(to: stated, atMost: sizeLimit) else {
            throw ProblemsError(
                "has more than \(sizeLimit) bytes with its constants", file: entry.shown)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ProblemsError("is not UTF-8", file: entry.shown)
        }
        let root = try parse(text, file: entry.shown)
        switch root?.content {
        case .map(let keys): return YAMLMap(file: entry.shown, keys: keys)
        case .null, nil: return YAMLMap(file: entry.shown, keys: [])
        case .text, .list:
            throw ProblemsError(
                "is not a mapping of keys to values", file: entry.shown, line: root?.line)
        }
    }

    private static func parse(_ text: String, file: String) throws(ProblemsError) -> YAMLValue? {
        // The parser hashes whole keys while it reads: an alias as a key costs what it stands for,
        // so aliases are counted before and all refused after.
        guard aliases(in: text) <= aliasLimit else { throw anchorError(file, line: nil) }
        let parser: Parser
        let root: Node?
        do {
            parser = try Parser(yaml: text)
            root = try parser.singleRoot()
        } catch {
            throw reworded(error, file: file)
        }
        guard let root else { return nil }
        // Nodes hold their anchors weakly; the parser owns them.
        defer { withExtendedLifetime(parser) {} }
        return try value(root, file: file)
    }

    /// An anchor stands before its aliases, so that the first refusal comes before anything unfolds.
    private static func value(_ node: Node, file: String) throws(ProblemsError) -> YAMLValue {
        let line = node.mark?.line ?? 1
        guard node.anchor == nil else { throw anchorError(file, line: line) }
        switch node {
        case .scalar(let scalar):
            let plain = scalar.style == .plain || scalar.style == .any
            let isNull = plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return YAMLValue(
                content: isNull ? .null : .text(scalar.string, plain: plain), line: line)
        case .sequence(let sequence):
            var items: [YAMLValue] = []
            for item in sequence { items.append(try value(item, file: file)) }
            return YAMLValue(content: .list(items), line: line)
        case .mapping(let mapping):
            var keys: [YAMLKey] = []
            for (key, item) in mapping {
                guard key.anchor == nil, case .scalar(let name) = key else {
                    throw ProblemsError(
                        "a key is not a plain word", file: file, line: key.mark?.line)
                }
                keys.append(
                    YAMLKey(
                        name: name.string, line: key.mark?.line ?? line,
                        value: try value(item, file: file)))
            }
            return YAMLValue(content: .map(keys), line: line)
        case .alias:
            throw anchorError(file, line: line)
        }
    }

    /// What looks like an alias: a star at the beginning of a word, with a letter or digit after it.
    /// More than there are, never fewer.
    private static func aliases(in text: String) -> Int {
        func isName(_ byte: UInt8) -> Bool {
            byte >= 128 || "-_".utf8.contains(byte)
                || (48...57).contains(byte) || (65...90).contains(byte & 0xDF)
        }
        var count = 0
        var before = UInt8(ascii: " ")
        var previous = UInt8(ascii: " ")
        for byte in text.utf8 {
            let begins = before <= 32 || "[]{},:?-!".utf8.contains(before)
            if previous == UInt8(ascii: "*"), begins, isName(byte) { count += 1 }
            before = previous
            previous = byte
        }
        return count
    }

    private static func anchorError(_ file: String, line: Int?) -> ProblemsError {
        ProblemsError(
            "has an anchor or alias (& or *), which this judge does not read; write the value out",
            file: file, line: line)
    }

    private static func reworded(_ error: any Error, file: String) -> ProblemsError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ProblemsError("is not YAML: \(problem)", file: file, line: mark.line)
        case .duplicatedKeysInMapping(let keys, let context):
            ProblemsError(
                "states \(keys.joined(separator: ", ")) twice", file: file,
                line: context.mark.line)
        case .reader(let problem, _, _, _):
            ProblemsError("is not YAML: \(problem)", file: file)
        default:
            ProblemsError("is not YAML", file: file)
        }
    }
}
