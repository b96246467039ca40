import Units

/// Reads the settings of one section and says what was expected where something else stands.
struct SectionReader<Key: CodingKey & CaseIterable> {
    private let container: KeyedDecodingContainer<Key>

    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: Key.self)
    }

    func contains(_ key: Key) -> Bool { container.contains(key) }

    func mistake(_ key: Key, _ text: String) -> Mistake {
        let path = container.codingPath + [key]
        return Mistake(path: path.map(\.stringValue), text: "\(key.stringValue): \(text)")
    }

    func text(_ key: Key) throws -> String {
        try value(key, String.self, "text in quotes")
    }

    /// nil for `"auto"`.
    func textOrAuto(_ key: Key) throws -> String? {
        let text = try value(key, String.self, "text in quotes, or \"auto\"")
        guard !text.isEmpty else { throw mistake(key, "is empty; write \"auto\" for the default") }
        return text == "auto" ? nil : text
    }

    /// nil for `"none"`.
    func textOrNone(_ key: Key) throws -> String? {
        let text = try value(key, String.self, "text in quotes, or \"none\"")
        guard !text.isEmpty else { throw mistake(key, "is empty; write \"none\" for none") }
        return text == "none" ? nil : text
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable & CaseIterable>(
        _ key: Key, _ type: Word.Type = Word.self
    ) throws -> Word where Word.RawValue == String {
        let known = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        let text = try value(key, String.self, "one of \(known)")
        guard let word = Word(rawValue: text) else {
            throw mistake(key, "\"\(text)\" is not one of \(known)")
        }
        return word
    }

    func flag(_ key: Key) throws -> Bool {
        try value(key, Bool.self, "true or false, without quotes")
    }

    func texts(_ key: Key) throws -> [String] {
        try value(key, [String].self, "a list of texts: [\"one\", \"two\"]")
    }

    /// A list of texts, or several of them in a list; none of the several is empty.
    func argumentLists(_ key: Key) throws -> [[String]] {
        if let one = try? container.decode([String].self, forKey: key) {
            return one.isEmpty ? [] : [one]
        }
        let lists = try value(
            key, [[String]].self, "a list of texts, or a list of such lists: [[\"one\"], [\"two\"]]"
        )
        guard lists.allSatisfy({ !$0.isEmpty }) else {
            throw mistake(key, "has an empty list in it; name a program")
        }
        return lists
    }

    func number(_ key: Key, in range: ClosedRange<Int>) throws -> Int {
        let number = try value(key, Int.self, "a whole number without quotes")
        guard range.contains(number) else {
            throw mistake(
                key, "\(number) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return number
    }

    func factor(_ key: Key, in range: ClosedRange<Double>) throws -> Double {
        let whole = try? container.decode(Int.self, forKey: key)
        let factor =
            try whole.map(Double.init) ?? value(key, Double.self, "a number without quotes")
        guard range.contains(factor) else {
            throw mistake(
                key, "\(factor) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return factor
    }

    func size(_ key: Key, in range: ClosedRange<ByteCount>) throws -> ByteCount {
        let text = try value(key, String.self, "a size in quotes with its unit: \"256MiB\"")
        let size = try unit(key) { () throws(UnitsError) in try ByteCount(parsing: text) }
        guard range.contains(size) else {
            throw mistake(
                key, "\(text) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return size
    }

    func time(_ key: Key, in range: ClosedRange<Duration>) throws -> Duration {
        let text = try value(key, String.self, "a time in quotes with its unit: \"500ms\"")
        let time = try unit(key) { () throws(UnitsError) in try Duration(parsing: text) }
        guard range.contains(time) else {
            throw mistake(
                key,
                "\(text) is not between \(range.lowerBound.secondsText) and "
                    + range.upperBound.secondsText)
        }
        return time
    }

    private func unit<Value>(_ key: Key, _ parse: () throws(UnitsError) -> Value) throws -> Value {
        do {
            return try parse()
        } catch {
            throw mistake(key, error.description)
        }
    }

    /// The TOML reader says "key not found" of a value of another type, so its words are not used.
    private func value<Value: Decodable>(
        _ key: Key, _ type: Value.Type, _ expected: String
    ) throws -> Value {
        guard container.contains(key) else {
            throw Mistake(
                path: container.codingPath.map(\.stringValue),
                text: "\(key.stringValue) is missing: it must be \(expected)")
        }
        do {
            return try container.decode(type, forKey: key)
        } catch {
            throw mistake(key, "must be \(expected)")
        }
    }
}
