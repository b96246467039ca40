/// One system call of the sandbox's filter, as the helper tells it of the rows it makes the filter of.
package struct SyscallRow: Sendable, Equatable {
    package var call: String
    /// nil where this processor or libseccomp does not have the call; then it is refused.
    package var number: Int?
    /// Name of the class, as a language asks for it.
    package var group: String
    /// Whether every run has it; otherwise a language must ask for the class.
    package var isDefault: Bool
    /// When it is allowed, in words; empty for always.
    package var condition: String
    /// Why a program may need it.
    package var reason: String
}

/// The filter as a table.
package enum SyscallTable {
    /// - Parameter helper: path of judge-sandbox, which is asked.
    /// - Throws: when it cannot be started or says something else.
    package static func read(helper: String) throws(SandboxError) -> [SyscallRow] {
        switch HelperMode.output(of: helper, ["syscalls"]) {
        case .failure(let failure):
            throw SandboxError(failure.text)
        case .success(let text):
            let lines = text.split(separator: "\n")
            let rows = lines.compactMap { row(String($0)) }
            guard !rows.isEmpty, rows.count == lines.count else {
                throw SandboxError("\(helper) does not tell its system calls; build it anew")
            }
            return rows
        }
    }

    private static func row(_ line: String) -> SyscallRow? {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, ["default", "request"].contains(parts[3]) else { return nil }
        return SyscallRow(
            call: parts[0], number: Int(parts[1]), group: parts[2],
            isDefault: parts[3] == "default", condition: parts[4], reason: parts[5])
    }
}
