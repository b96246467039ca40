import Glibc

/// How far a number may be from the answer's: by an absolute amount, or by a part of the answer.
package struct Tolerance: Sendable, Equatable {
    private let exact: ExactDecimal
    let approximation: Double

    /// nil unless `text` is a number by the format's grammar that is not negative and, unless zero,
    /// between 10^-400 and 10^400 with at most 64 characters.
    package init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let bytes = Array(text.utf8)
        let number = bytes.withUnsafeBytes { bytes -> (ExactDecimal, Double)? in
            DecimalNumber(bytes[...]).map { ($0.exact, $0.approximation) }
        }
        guard let (exact, approximation) = number, !exact.negative, exact.isModerate else {
            return nil
        }
        self.exact = exact
        self.approximation = approximation
    }

    /// Whether |value - answer| <= tolerance.
    func admits(_ value: DecimalNumber, near answer: DecimalNumber) -> Bool {
        ExactDecimal.isDifference(value.exact, answer.exact, atMost: exact)
    }

    /// Whether |value - answer| <= tolerance * |answer|.
    func admits(_ value: DecimalNumber, nearInProportionTo answer: DecimalNumber) -> Bool {
        let exactAnswer = answer.exact
        return ExactDecimal.isDifference(value.exact, exactAnswer, atMost: exact * exactAnswer)
    }
}

/// Tolerances as binary arithmetic knows them: what decides nearly all comparisons.
struct RoughTolerances: Sendable, Equatable {
    private let absolute: Double?
    private let relative: Double?

    init(_ flags: ValidatorFlags) {
        absolute = flags.absolute?.approximation
        relative = flags.relative?.approximation
    }

    /// Whether numbers are compared as such.
    var areStated: Bool { absolute != nil || relative != nil }

    /// Whether one of them admits this value, when the error of binary arithmetic cannot matter;
    /// nil near the edge, where the digits must be compared.
    func admit(_ value: DecimalNumber, near answer: DecimalNumber) -> Bool? {
        let right = answer.approximation
        let first = absolute.map { guess(value.approximation, right, limit: $0) } ?? false
        if first == true { return true }
        let second =
            relative.map { guess(value.approximation, right, limit: $0 * abs(right)) } ?? false
        if second == true { return true }
        return first == false && second == false ? false : nil
    }

    private func guess(_ left: Double, _ right: Double, limit: Double) -> Bool? {
        let largest = max(abs(left), abs(right), limit)
        guard largest.isFinite, limit > 1e-280, largest < 1e280 else { return nil }
        let difference = abs(left - right)
        // Eight times what the approximations and these operations can be wrong by together.
        let doubt = largest * 0x1p-46
        if difference + doubt < limit { return true }
        if difference - doubt > limit { return false }
        return nil
    }
}

extension ExactDecimal {
    fileprivate var isModerate: Bool {
        isZero || (exponent >= -400 && exponent + digits.count <= 400)
    }
}
