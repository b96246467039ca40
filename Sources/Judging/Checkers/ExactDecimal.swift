/// A decimal number with all its digits, for the few comparisons that binary arithmetic cannot
/// decide: at the very edge of a tolerance, and beyond the range of `Double`. Equal on every
/// processor.
struct ExactDecimal: Equatable {
    var negative: Bool
    /// 0 to 9, the most significant first, without zeros at either end; empty for zero.
    private(set) var digits: [UInt8]
    /// Power of ten of the last digit.
    private(set) var exponent: Int

    init(negative: Bool = false, digits: [UInt8], exponent: Int) {
        let first = digits.firstIndex { $0 != 0 } ?? digits.count
        let end = (digits.lastIndex { $0 != 0 } ?? -1) + 1
        self.digits = first < end ? Array(digits[first..<end]) : []
        self.exponent = first < end ? exponent + digits.count - end : 0
        self.negative = negative && first < end
    }

    var isZero: Bool { digits.isEmpty }

    /// The number is below ten to this power, and not below a tenth of that.
    private var top: Int { exponent + digits.count }

    /// Whether |self| <= |other|.
    func isAtMost(_ other: ExactDecimal) -> Bool {
        guard !isZero, !other.isZero else { return isZero }
        guard top == other.top else { return top < other.top }
        return !other.digits.lexicographicallyPrecedes(digits)
    }

    static func * (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
        var columns = [Int](repeating: 0, count: left.digits.count + right.digits.count)
        for (row, digit) in right.digits.enumerated() {
            for (column, other) in left.digits.enumerated() {
                columns[row + column + 1] += Int(digit) * Int(other)
            }
        }
        return ExactDecimal(
            negative: left.negative != right.negative, digits: carried(columns),
            exponent: left.exponent + right.exponent)
    }

    /// Whether |left - right| <= `limit`, which is not negative.
    static func isDifference(
        _ left: ExactDecimal, _ right: ExactDecimal, atMost limit: ExactDecimal
    ) -> Bool {
        if left.isZero { return right.isAtMost(limit) }
        if right.isZero { return left.isAtMost(limit) }
        let big = left.top >= right.top ? left : right
        let small = left.top >= right.top ? right : left
        // Digits of the two that lie millions of places apart: the small one only says on which
        // side of the big one the difference is. Tolerances have few digits and exponents near
        // zero, so that no limit reaches between the two.
        guard big.exponent - small.top < 1_000_000 else {
            guard big.isAtMost(limit) else { return false }
            return !(limit.isAtMost(big) && left.negative != right.negative)
        }
        return absoluteDifference(big, small).isAtMost(limit)
    }

    private static func absoluteDifference(
        _ big: ExactDecimal, _ small: ExactDecimal
    ) -> ExactDecimal {
        let bottom = min(big.exponent, small.exponent)
        let sign = big.negative == small.negative ? -1 : 1
        // One column more than the longer has, for a carry.
        var columns = [Int](repeating: 0, count: big.top - bottom + 1)
        for (index, digit) in big.digits.enumerated() { columns[index + 1] = Int(digit) }
        let offset = big.top - small.top + 1
        for (index, digit) in small.digits.enumerated() {
            columns[offset + index] += sign * Int(digit)
        }
        // Of two numbers with equally many digits the small one may be the larger.
        if let first = columns.first(where: { $0 != 0 }), first < 0 {
            columns = columns.map { -$0 }
        }
        return ExactDecimal(digits: carried(columns), exponent: bottom)
    }

    /// Columns of any size to digits; their sum must not be negative nor need another column.
    private static func carried(_ columns: [Int]) -> [UInt8] {
        var digits = [UInt8](repeating: 0, count: columns.count)
        var carry = 0
        for index in columns.indices.reversed() {
            let value = columns[index] + carry
            carry = value >= 0 ? value / 10 : -((9 - value) / 10)
            digits[index] = UInt8(value - carry * 10)
        }
        return digits
    }
}
