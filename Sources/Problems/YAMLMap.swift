/// The keys of one mapping of a YAML file, read by type. A known key of a wrong type is refused; a
/// key that nobody asked for can be listed.
struct YAMLMap {
    let file: String
    let keys: [YAMLKey]
    /// What precedes this mapping's keys in messages: `limits.`.
    var prefix = ""

    /// nil when the key is missing or null.
    func value(_ name: String) -> YAMLKey? {
        keys.first { $0.name == name }.flatMap { key in
            if case .null = key.value.content { return nil }
            return key
        }
    }

    func text(_ name: String) throws(ProblemsError) -> String? {
        guard let key = value(name) else { return nil }
        guard case .text(let text, _) = key.value.content else {
            throw wrong(key, "a text")
        }
        return text
    }

    /// A finite number above zero, at most `most`.
    func number(_ name: String, atMost most: Double) throws(ProblemsError) -> Double? {
        guard let key = value(name) else { return nil }
        guard case .text(let text, plain: true) = key.value.content, let number = Double(text),
            number > 0, number <= most
        else { throw wrong(key, "a number above 0 and at most \(Int(most))") }
        return number
    }

    func bool(_ name: String) throws(ProblemsError) -> Bool? {
        guard let key = value(name) else { return nil }
        guard case .text(let text, plain: true) = key.value.content, let truth = Self.truth(text)
        else { throw wrong(key, "true or false") }
        return truth
    }

    /// nil for what is no truth value.
    static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    /// A list of texts; a lone text when `lone` is what makes a list of it.
    func list(
        _ name: String, lone: ((String) -> [String])? = nil
    ) throws(ProblemsError) -> [String]? {
        guard let key = value(name) else { return nil }
        switch key.value.content {
        case .list(let items):
            var texts: [String] = []
            for item in items {
                guard case .text(let text, _) = item.content else {
                    throw wrong(key, "a list of texts")
                }
                texts.append(text)
            }
            return texts
        case .text(let text, _):
            if let lone { return lone(text) }
        case .map, .null:
            break
        }
        throw wrong(key, lone == nil ? "a list of texts" : "a text or a list of texts")
    }

    func map(_ name: String) throws(ProblemsError) -> YAMLMap? {
        guard let key = value(name) else { return nil }
        guard case .map(let keys) = key.value.content else {
            throw wrong(key, "a mapping of keys to values")
        }
        return YAMLMap(file: file, keys: keys, prefix: prefix + name + ".")
    }

    /// One sentence for each key that is not among `known`.
    func unknown(besides known: Set<String>) -> [String] {
        keys.filter { !known.contains($0.name) }.map {
            "\(file):\($0.line): the key \(prefix)\($0.name) is not known and is ignored"
        }
    }

    /// An error at the line of a key.
    func error(_ key: YAMLKey, _ sentence: String) -> ProblemsError {
        ProblemsError(sentence, file: file, line: key.line)
    }

    private func wrong(_ key: YAMLKey, _ wanted: String) -> ProblemsError {
        error(key, "\(prefix)\(key.name) must be \(wanted)")
    }
}

/// Splits at white space as a shell without quotes would.
func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
}
