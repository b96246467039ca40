/// Classes of system calls that a run has only when its language asks for them in judge.conf.
///
/// The raw value is the name there and in the table of `judge doctor --syscalls`. None of them lets
/// a program reach what is not its own; each shows or costs a little more than every run needs.
package enum ExtraSyscalls: String, Sendable, Hashable, CaseIterable {
    /// Where memory lies on machines with several memory nodes.
    case numa
    /// Less processor time for oneself.
    case priorities
    /// How large and how full file systems are, the host's included.
    case diskSpace = "disk-space"
    /// Names and addresses of the run's own network interfaces.
    case interfaces
    /// Copies of files inside the kernel.
    case fileCopies = "file-copies"
    /// Advice on reading ahead.
    case readAhead = "read-ahead"
    /// Locks of parts of files.
    case rangeLocks = "range-locks"
}
