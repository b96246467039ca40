// Theory of operation. Every system call of the project goes through this room. A call returns
// -errno in its result (CLinux), `check` turns that into a KernelError that names the call and what
// it was about, and nobody reads errno anywhere else: reference counting between a call and the
// reading could change it.

import Glibc

/// A system call that failed: which, on what, and why.
package struct KernelError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The call or step in words: `mount`, `open`.
    package let call: String
    /// What it was about: a path, a limit, a pid; may be empty.
    package let subject: String
    /// Positive.
    package let errno: Int32
    /// What to do about it, best a command; nil where nothing particular is known.
    package let mend: String?

    package init(_ call: String, _ subject: String, errno: Int32, mend: String? = nil) {
        self.call = call
        self.subject = subject
        self.errno = errno
        self.mend = mend
    }

    /// `mount /proc: operation not permitted`.
    package var fact: String {
        (subject.isEmpty ? call : "\(call) \(subject)") + ": " + errorText(errno)
    }

    /// `mount /proc: operation not permitted; run: ...`.
    package var description: String {
        fact + (mend.map { "; \($0)" } ?? "")
    }
}

/// The C library's text for `errno`, beginning in lower case.
package func errorText(_ errno: Int32) -> String {
    guard let text = strerror(errno) else { return "error \(errno)" }
    let message = String(cString: text)
    return message.prefix(1).lowercased() + message.dropFirst()
}

/// Passes a result on, or throws when it is `-errno`.
@discardableResult
package func check(
    _ result: Int, _ call: String, _ subject: @autoclosure () -> String = ""
) throws(KernelError) -> Int {
    guard result < 0 else { return result }
    throw KernelError(call, subject(), errno: Int32(-result))
}
