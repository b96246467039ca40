import Glibc

/// A token that is a number by the format's grammar: a close binary value, and its exact digits on
/// demand.
struct DecimalNumber {
    /// Within one part in 2^49 of the true value unless it overflowed, underflowed or is subnormal.
    let approximation: Double
    private let negative: Bool
    /// Sign, digits and point, without the exponent.
    private let mantissa: Bytes
    /// Power of ten of the mantissa's last digit.
    private let exponent: Int

    /// nil unless the whole token is `[+-]? (digit* . digit+ | digit+ . | digit+) ([eE] [+-]?
    /// digit+)?`: `0x10`, `1e`, `nan` and `inf` are text.
    init?(_ token: Bytes) {
        let (text, end) = (token.base, token.endIndex)
        var place = token.startIndex
        negative = place < end && text[place] == UInt8(ascii: "-")
        if place < end, negative || text[place] == UInt8(ascii: "+") { place += 1 }
        var leading: UInt64 = 0
        var skipped = 0
        var digits = 0
        var point: Int?
        while place < end {
            let digit = text[place] &- 48
            if digit < 10 {
                digits += 1
                if leading < 1_000_000_000_000_000_000 {
                    leading = leading &* 10 &+ UInt64(digit)
                } else {
                    skipped += 1
                }
            } else if text[place] == UInt8(ascii: "."), point == nil {
                point = place
            } else {
                break
            }
            place += 1
        }
        guard digits > 0 else { return nil }
        mantissa = token[..<place]
        guard let stated = statedExponent(token[place...]) else { return nil }
        let fraction = point.map { place - $0 - 1 } ?? 0
        exponent = stated - fraction
        let size = scaled(leading, exponent + skipped)
        approximation = negative ? -size : size
    }

    /// The digits themselves; time and space grow with the token.
    var exact: ExactDecimal {
        ExactDecimal(
            negative: negative, digits: mantissa.compactMap(digitValue), exponent: exponent)
    }
}

private func digitValue(_ byte: UInt8) -> UInt8? {
    byte >= 48 && byte <= 57 ? byte - 48 : nil
}

/// Zero for an empty rest, nil unless it is an exponent and nothing more. Held within 10^17, far
/// from overflow in what is added to it.
private func statedExponent(_ text: Bytes) -> Int? {
    var rest = text
    guard let mark = rest.first else { return 0 }
    guard mark | 0x20 == UInt8(ascii: "e") else { return nil }
    rest.removeFirst()
    let negative = rest.first == UInt8(ascii: "-")
    if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var value = 0
    for byte in rest {
        guard let digit = digitValue(byte) else { return nil }
        value = min(value * 10 + Int(digit), 100_000_000_000_000_000)
    }
    return negative ? -value : value
}

private func scaled(_ leading: UInt64, _ exponent: Int) -> Double {
    guard leading > 0 else { return 0 }
    let size = abs(exponent)
    let power = size < powers.count ? powers[size] : pow(10, Double(size))
    return exponent < 0 ? Double(leading) / power : Double(leading) * power
}

/// Those powers of ten that a `Double` holds exactly.
private let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
]
