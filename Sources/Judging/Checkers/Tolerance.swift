import Glibc

/// How far a number may be from the answer's: by an absolute amount, or by a part of the answer.
package struct Tolerance: Sendable, Equatable {
    private let exact: ExactDecimal
    private let approximation: Double

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
        switch guess(value, answer, limit: approximation) {
        case .some(let certain): certain
        case .none: ExactDecimal.isDifference(value.exact, answer.exact, atMost: exact)
        }
    }

    /// Whether |value - answer| <= tolerance * |answer|.
    func admits(_ value: DecimalNumber, nearInProportionTo answer: DecimalNumber) -> Bool {
        switch guess(value, answer, limit: approximation * abs(answer.approximation)) {
        case .some(let certain): return certain
        case .none:
            let exactAnswer = answer.exact
            return ExactDecimal.isDifference(
                value.exact, exactAnswer, atMost: exact * exactAnswer)
        }
    }

    /// What binary arithmetic says, when its error cannot matter; nil near the edge, where the
    /// digits must be compared.
    private func guess(
        _ value: DecimalNumber, _ answer: DecimalNumber, limit: Double
    ) -> Bool? {
        let left = value.approximation
        let right = answer.approximation
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
