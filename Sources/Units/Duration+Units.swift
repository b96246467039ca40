extension Duration {
    private static let units: [(name: String, microseconds: Double)] = [
        ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000), ("h", 3_600_000_000),
        ("d", 86_400_000_000),
    ]

    /// Reads a whole or decimal number followed by a unit: `"500ms"`, `"1.5s"`, `"2min"`, `"30d"`.
    ///
    /// - Throws: `UnitsError` when the unit is missing or unknown, or the number is not one.
    package init(parsing text: String) throws(UnitsError) {
        let number = text.prefix(while: { $0.isNumber || $0 == "." })
        let name = text.dropFirst(number.count)
        guard let unit = Self.units.first(where: { $0.name == name }) else {
            throw UnitsError("\"\(text)\" is not a time: write a number and us, ms, s, min, h or d")
        }
        guard let value = decimal(number) else {
            throw UnitsError("\"\(text)\" is not a time: \"\(number)\" is not a number")
        }
        guard value * unit.microseconds < 9e15 else {
            throw UnitsError("\"\(text)\" is too long a time")
        }
        self = .microseconds(Int64((value * unit.microseconds).rounded()))
    }

    /// The whole microseconds in this duration, rounded towards zero.
    package var wholeMicroseconds: Int64 {
        let parts = components
        return parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    }

    /// Seconds with three decimals, as verdicts show them: `2.013 s`.
    package var secondsText: String {
        let milliseconds = wholeMicroseconds / 1_000
        let fraction = String(milliseconds % 1_000)
        let padding = String(repeating: "0", count: 3 - fraction.count)
        return "\(milliseconds / 1_000).\(padding)\(fraction) s"
    }
}
