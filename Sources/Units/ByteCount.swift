/// A number of bytes, as people write it: `"256MiB"`, `"64KiB"`, `"1024B"`.
///
/// Binary multiples only (KiB, MiB, GiB, TiB): a memory limit in powers of ten is a mistake more
/// often than a wish.
package struct ByteCount: Hashable, Comparable, Sendable {
    /// The count, never negative.
    package let bytes: Int64

    /// Makes a count of `bytes`; negative values become zero.
    package init(_ bytes: Int64) {
        self.bytes = max(0, bytes)
    }

    package static let zero = ByteCount(0)

    package static func kibibytes(_ count: Int64) -> ByteCount { ByteCount(count << 10) }
    package static func mebibytes(_ count: Int64) -> ByteCount { ByteCount(count << 20) }
    package static func gibibytes(_ count: Int64) -> ByteCount { ByteCount(count << 30) }

    package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}

extension ByteCount: Codable {
    /// A plain number of bytes.
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}

/// Why a text is not a quantity.
package struct UnitsError: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

extension ByteCount {
    private static let units: [(name: String, shift: Int64)] = [
        ("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10), ("B", 0),
    ]

    /// Reads a whole or decimal number followed by a unit (`B`, `KiB`, `MiB`, `GiB`, `TiB`).
    ///
    /// - Throws: `UnitsError` when the unit is missing or unknown, or the number is not one.
    package init(parsing text: String) throws(UnitsError) {
        guard let unit = Self.units.first(where: { text.hasSuffix($0.name) }) else {
            throw UnitsError("\"\(text)\" is not a size: write a number and B, KiB, MiB or GiB")
        }
        let number = text.dropLast(unit.name.utf8.count)
        guard let value = decimal(number) else {
            throw UnitsError("\"\(text)\" is not a size: \"\(number)\" is not a number")
        }
        let scaled = value * Double(Int64(1) << unit.shift)
        guard scaled < 9e18 else { throw UnitsError("\"\(text)\" is too large a size") }
        self.init(Int64(scaled.rounded()))
    }
}

extension ByteCount: CustomStringConvertible {
    /// The size in its largest fitting unit with one decimal (`256.0 MiB`), plain below 1 KiB.
    package var description: String {
        guard let unit = Self.units.first(where: { bytes >= Int64(1) << $0.shift }),
            unit.shift > 0
        else { return "\(bytes) B" }
        let tenths = (Double(bytes) / Double(Int64(1) << unit.shift) * 10).rounded(.down)
        return "\(Int64(tenths) / 10).\(Int64(tenths) % 10) \(unit.name)"
    }
}

/// A plain decimal number without sign, exponent or surrounding space.
func decimal(_ text: Substring) -> Double? {
    let digits = Array(text.utf8)
    guard !digits.isEmpty, digits.count <= 18, digits.first != UInt8(ascii: "."),
        digits.last != UInt8(ascii: "."),
        digits.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    return Double(text)
}
