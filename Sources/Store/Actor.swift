import Glibc
import Units

/// Who does something to the database, as the operating system knows.
package struct Actor: Sendable, Equatable {
    /// Real user id of the process.
    package var uid: UInt32
    /// nil where the id has no name.
    package var name: String?
    /// With its arguments.
    package var command: String

    package init(uid: UInt32, name: String?, command: String) {
        self.uid = uid
        self.name = name
        self.command = command
    }

    /// This process.
    package static let current = Actor(
        uid: getuid(), name: userName(getuid()), command: commandLine)

    private static var commandLine: String {
        let program = CommandLine.arguments.first?.split(separator: "/").last.map(String.init)
        let words = [program ?? ""] + CommandLine.arguments.dropFirst()
        return words.joined(separator: " ")
    }

    private static func userName(_ uid: uid_t) -> String? {
        var entry = passwd()
        var buffer = [CChar](repeating: 0, count: 16_384)
        var found: UnsafeMutablePointer<passwd>?
        guard getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            return nil
        }
        return String(cString: entry.pw_name)
    }
}
