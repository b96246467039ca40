import SandboxProtocol

// Theory of operation. The filter is an allow-list made of classes of rows. What no row names does
// not exist for a program: it answers ENOSYS, so that a libc newer than this list falls back to an
// older call instead of dying. A call through a foreign table (i386, x32) ends the run, and the
// report says which call it was. No decision looks at what a pointer points to: the program could
// change it between the look and the call. The same rows are compiled into the filter and printed
// as the table of `judge doctor --syscalls`.

/// Rows that belong together: every run has them, or a language asks for them by name.
struct SyscallClass {
    let name: String
    /// nil for a class that every run has.
    let extra: ExtraSyscalls?
    let rules: [SyscallRule]

    init(_ name: String, _ rules: [SyscallRule]) {
        self.name = name
        extra = nil
        self.rules = rules
    }

    init(_ extra: ExtraSyscalls, _ rules: [SyscallRule]) {
        name = extra.rawValue
        self.extra = extra
        self.rules = rules
    }
}

/// One row of the filter: calls that are allowed, and why a program may need them.
struct SyscallRule {
    /// What such a call gets.
    enum Answer {
        /// The kernel's.
        case allowed
        /// Success, without the kernel.
        case success
        /// The kernel's, as long as init allows it: see `ListenerRation`.
        case rationed
    }

    let names: [String]
    /// Any of these allows the call, each when all its conditions hold; empty for always.
    let alternatives: [[ArgumentRule]]
    let answer: Answer
    let reason: String

    init(
        _ names: String, when alternatives: [[ArgumentRule]] = [], answer: Answer = .allowed,
        because reason: String
    ) {
        self.names = names.split(separator: " ").map(String.init)
        self.alternatives = alternatives
        self.answer = answer
        self.reason = reason
    }

    /// For people: `family is AF_UNIX and type is SOCK_STREAM; or ...`; empty for always.
    var condition: String {
        let text = alternatives.map { $0.map(\.text).joined(separator: " and ") }
            .joined(separator: "; or ")
        switch answer {
        case .allowed: return text
        case .success:
            return text.isEmpty ? "answers success and does nothing" : text + " answers success"
        case .rationed: return "all backlogs of the run together up to \(ListenerRation.all)"
        }
    }
}

/// A condition on one argument.
///
/// The kernel looks at 32 bits of an `int`, so a comparison of all 64 would let through what has
/// other upper bits, and refuse what a compiler left in them: hence a mask in every comparison.
struct ArgumentRule {
    let index: UInt32
    let mask: UInt64
    /// `argument & mask` must be one of these.
    let values: [UInt64]
    let text: String

    private static let int: UInt64 = 0xffff_ffff

    /// The argument is one of the values, whatever the bits of `flags` are.
    static func argument(
        _ index: UInt32, _ name: String, among values: KeyValuePairs<String, UInt64>,
        besides flags: UInt64 = 0
    ) -> ArgumentRule {
        let names = values.map(\.key)
        let list =
            names.count < 2
            ? names.joined()
            : names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
        return ArgumentRule(
            index: index, mask: int & ~flags, values: values.map(\.value),
            text: "\(name) is \(list)")
    }

    /// The pointer is nil: of all that a pointer can be, the one thing that a filter can know.
    static func absent(_ index: UInt32, _ name: String) -> ArgumentRule {
        ArgumentRule(index: index, mask: ~0, values: [0], text: "there is no \(name)")
    }

    /// None of the flags is set.
    static func argument(
        _ index: UInt32, _ name: String, without flags: KeyValuePairs<String, UInt64>
    ) -> ArgumentRule {
        ArgumentRule(
            index: index, mask: flags.reduce(0) { $0 | $1.value }, values: [0],
            text: "\(name) without \(flags.map(\.key).joined(separator: ", "))")
    }
}
