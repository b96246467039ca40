import Foundation
import Glibc

/// A program that does nothing but end: the kernel's floor under every run.
struct BareProgram {
    /// A whole executable without libc: a header, one segment, exit(0).
    private static let smallest: [UInt8] = {
        #if arch(x86_64)
            // mov eax, 60; xor edi, edi; syscall
            let code: [UInt8] = [0xB8, 60, 0, 0, 0, 0x31, 0xFF, 0x0F, 0x05]
        #elseif arch(arm64)
            // mov x8, 93; mov x0, 0; svc 0
            let code: [UInt8] = [0xA8, 0x0B, 0x80, 0xD2, 0, 0, 0x80, 0xD2, 0x01, 0, 0, 0xD4]
        #endif
        return executable(code)
    }()

    /// A header, one segment that may be read and executed, and the code in it.
    static func executable(_ code: [UInt8]) -> [UInt8] {
        #if arch(x86_64)
            let machine: UInt8 = 62
        #elseif arch(arm64)
            let machine: UInt8 = 183
        #endif
        let (base, headers): (UInt64, UInt64) = (0x40_0000, 64 + 56)
        let size = headers + UInt64(code.count)
        func word(_ value: UInt64, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
        }
        var file: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + word(0, 9)
        file += word(2, 2) + word(UInt64(machine), 2) + word(1, 4)
        file += word(base + headers, 8) + word(64, 8) + word(0, 8) + word(0, 4)
        file += word(64, 2) + word(56, 2) + word(1, 2) + word(0, 6)
        // One segment that is loaded, to be read and executed.
        file += word(1, 4) + word(5, 4) + word(0, 8) + word(base, 8) + word(base, 8)
        file += word(size, 8) + word(size, 8) + word(0x1000, 8)
        return file + code
    }

    let path: String
    let bytes: [UInt8]

    /// - Parameter source: an executable to take in place of the built-in one.
    /// - Throws: when it cannot be read, or written to `directory`.
    init(_ source: String? = nil, in directory: URL) throws {
        bytes = try source.map(Self.read) ?? Self.smallest
        let file = directory.appending(path: "nothing")
        path = file.path(percentEncoded: false)
        try Data(bytes).write(to: file)
        guard chmod(path, 0o755) == 0 else {
            throw CommandFailure(.unavailable, "cannot make \(path) executable")
        }
    }

    private static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw CommandFailure(.badInput, "cannot read \(path): \(error.localizedDescription)")
        }
    }

    /// Spawns it, waits for its end and says how long that took.
    ///
    /// - Parameter command: what starts it; without one it is started itself.
    func spawn(by command: [String] = []) throws(CommandFailure) -> Duration {
        let arguments = command.isEmpty ? [path] : command
        var list = arguments.map { strdup($0) } + [nil]
        defer { for argument in list { free(argument) } }
        let start = ContinuousClock.now
        var pid: pid_t = 0
        let result = posix_spawn(&pid, arguments[0], nil, nil, &list, nil)
        guard result == 0 else {
            throw CommandFailure(
                .unavailable,
                "cannot start \(arguments[0]): \(String(cString: strerror(result)).lowercased())")
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        let time = start.duration(to: .now)
        guard status == 0 else {
            throw CommandFailure(.unavailable, "\(arguments[0]) ended with status \(status)")
        }
        return time
    }
}
