/// What one check of the machine found.
package struct HostFinding: Sendable, Equatable {
    package enum Level: String, Sendable, CaseIterable {
        case pass
        /// The judge works, with less than it could have.
        case warn
        /// Nothing may be judged here.
        case fail
    }

    /// Stable, in the manner of `core-pattern`.
    package var name: String
    package var level: Level
    /// What is there, in one phrase.
    package var found: String
    /// Why it matters, in one sentence without its full stop.
    package var why: String
    /// The command that mends it, or where to look if no command does; nil when it passed.
    package var mend: String?

    package init(name: String, level: Level, found: String, why: String, mend: String? = nil) {
        self.name = name
        self.level = level
        self.found = found
        self.why = why
        self.mend = mend
    }

    /// The one sentence that somebody who has to mend it reads.
    package var sentence: String {
        "\(name): \(found); \(why)" + (mend.map { "; to mend it: \($0)" } ?? "")
    }
}
