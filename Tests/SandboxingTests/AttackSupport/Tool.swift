import Glibc
import Linux

/// A program of the host's that runs beside a test, with both its streams in one pipe.
///
/// Foundation's `Process` takes half a second to notice an end, which these tests have hundreds of.
struct Tool {
    private let pid: pid_t
    private let reader: Int32

    /// - Parameters:
    ///   - command: the absolute path of the program, and its arguments.
    ///   - input: a file opened for reading and, where that is allowed, for writing, as a careless
    ///     judge would.
    init(
        _ command: [String], directory: String = "/", environment: [String: String]? = nil,
        input: String = "/dev/null"
    ) throws {
        let ends = try Descriptor.pipe()
        defer { close(ends.write) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, ends.write, 1)
        posix_spawn_file_actions_adddup2(&actions, ends.write, 2)
        var pid: pid_t = 0
        let command = ["/usr/bin/env", "-C", directory] + command
        let result = Self.withStrings(command) { arguments in
            guard let environment else {
                return posix_spawn(&pid, command[0], &actions, nil, arguments, environ)
            }
            return Self.withStrings(environment.map { "\($0.key)=\($0.value)" }) {
                posix_spawn(&pid, command[0], &actions, nil, arguments, $0)
            }
        }
        guard result == 0 else {
            close(ends.read)
            throw AttackError("cannot start \(command[0]): \(result)")
        }
        self.pid = pid
        reader = ends.read
    }

    private static func withStrings<Value>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            var none: UnsafeMutablePointer<CChar>?
            return withUnsafeMutablePointer(to: &none) { body(buffer.baseAddress ?? $0) }
        }
    }

    /// The next bytes that it writes; empty when it has closed its streams.
    func some() -> String {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(reader, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    /// Asks it to end.
    func stop() { kill(pid, SIGTERM) }

    /// Reads on to the end and waits for it; at most 16 MiB are kept.
    func finish() -> (status: Int32, output: String) {
        var text = ""
        while true {
            let piece = some()
            if piece.isEmpty { break }
            if text.utf8.count < 1 << 24 { text += piece }
        }
        close(reader)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let hasExited = status & 0x7f == 0
        return (hasExited ? status >> 8 & 0xff : 128 + status & 0x7f, text)
    }

    static func run(_ command: [String]) throws -> (status: Int32, output: String) {
        try Tool(command).finish()
    }
}
