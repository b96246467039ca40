import CLinux
import CSeccomp

/// The first part of a filter: calls that are allowed whatever their arguments, by ranges of numbers.
///
/// Most calls of a run are, and most of them are neighbours. libseccomp asks for each by itself; the
/// kernel translates, checks and compiles the whole anew for every run, which takes as long as the
/// filter has instructions. What is not allowed here, and each call of a foreign table, goes on behind
/// it, to what libseccomp made of all other rows.
struct FilterHead {
    /// Where a comparison leads.
    private enum Target {
        case comparison(Int)
        case allowed
        case onward
    }

    private struct Comparison {
        /// Numbers from this one on go one way, those below it the other.
        var first: UInt32
        var above = Target.onward
        var below = Target.onward
    }

    /// Where the numbers change between allowed and not, in order.
    private let bounds: [UInt32]
    private let startsAllowed: Bool
    private var comparisons: [Comparison] = []

    private init(_ numbers: Set<UInt32>) {
        startsAllowed = numbers.contains(0)
        bounds = Set(numbers.flatMap { [$0, $0 + 1] })
            .filter { $0 > 0 && numbers.contains($0) != numbers.contains($0 - 1) }.sorted()
        if !bounds.isEmpty { _ = compare(0..<bounds.count) }
    }

    /// Instructions that allow these numbers of this processor's own table and lead to their end otherwise.
    /// - Returns: nil where a jump would be too long for the kernel.
    static func code(allowing numbers: Set<UInt32>) -> [sock_filter]? {
        let head = FilterHead(numbers)
        let loads = 3
        let allowing = loads + head.comparisons.count
        func distance(_ target: Target, from index: Int) -> UInt8? {
            switch target {
            case .comparison(let number): UInt8(exactly: loads + number - index - 1)
            case .allowed: UInt8(exactly: allowing - index - 1)
            case .onward: UInt8(exactly: allowing - index)
            }
        }
        guard !head.comparisons.isEmpty, let away = distance(.onward, from: 1) else { return nil }
        // struct seccomp_data: the number, then the table that it is of.
        var code = [
            sock_filter(code: load, jt: 0, jf: 0, k: 4),
            sock_filter(code: jumpIfEqual, jt: 0, jf: away, k: seccomp_arch_native()),
            sock_filter(code: load, jt: 0, jf: 0, k: 0),
        ]
        for comparison in head.comparisons {
            guard let above = distance(comparison.above, from: code.count),
                let below = distance(comparison.below, from: code.count)
            else { return nil }
            code.append(
                sock_filter(code: jumpIfNotBelow, jt: above, jf: below, k: comparison.first))
        }
        return code + [sock_filter(code: answer, jt: 0, jf: 0, k: Filter.allow)]
    }

    // BPF_LD | BPF_W | BPF_ABS, BPF_JMP | BPF_JEQ | BPF_K, BPF_JMP | BPF_JGE | BPF_K, BPF_RET | BPF_K
    private static let load: UInt16 = 0x20
    private static let jumpIfEqual: UInt16 = 0x15
    private static let jumpIfNotBelow: UInt16 = 0x35
    private static let answer: UInt16 = 0x06

    /// A tree of comparisons with these bounds, the middle one first.
    private mutating func compare(_ part: Range<Int>) -> Target {
        guard !part.isEmpty else {
            // Between two bounds all numbers are alike, and unlike those beyond.
            return startsAllowed == part.lowerBound.isMultiple(of: 2) ? .allowed : .onward
        }
        let middle = (part.lowerBound + part.upperBound) / 2
        let index = comparisons.count
        comparisons.append(Comparison(first: bounds[middle]))
        comparisons[index].below = compare(part.lowerBound..<middle)
        comparisons[index].above = compare(middle + 1..<part.upperBound)
        return .comparison(index)
    }
}
