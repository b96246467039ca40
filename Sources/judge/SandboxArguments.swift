import ArgumentParser
import Foundation
import SandboxProtocol
import Sandboxing
import Units

extension ByteCount: ExpressibleByArgument {
    package init?(argument: String) {
        guard let value = try? ByteCount(parsing: argument) else { return nil }
        self = value
    }
}

/// A time with its unit; a type of its own because `Duration` is the standard library's.
struct TimeArgument: ExpressibleByArgument {
    var duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let value = try? Duration(parsing: argument) else { return nil }
        duration = value
    }

    var defaultValueDescription: String { "\(duration.wholeMicroseconds / 1_000_000)s" }
}

enum NetworkArgument: String, ExpressibleByArgument, CaseIterable {
    case loopback, none

    var network: RunRequest.Network {
        switch self {
        case .loopback: .loopback
        case .none: .none
        }
    }
}

extension ExtraSyscalls: ExpressibleByArgument {}

/// `HOST:INSIDE`; the host's part may be relative, the other is absolute and without `..`.
struct MountArgument: ExpressibleByArgument, Equatable {
    var host: String
    var inside: String

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":") else { return nil }
        let host = String(argument[..<colon])
        inside = String(argument[argument.index(after: colon)...])
        let parts = inside.split(separator: "/")
        guard !host.isEmpty, inside.hasPrefix("/"), !parts.isEmpty,
            !parts.contains(where: { $0 == ".." || $0 == "." })
        else { return nil }
        self.host = URL(filePath: host).standardizedFileURL.path(percentEncoded: false)
    }
}

/// Where the report of a run goes.
enum ReportTarget: ExpressibleByArgument {
    case file(String)
    case descriptor(Int32)

    init?(argument: String) {
        guard argument.hasPrefix("fd:") else {
            self = .file(argument)
            return
        }
        guard let number = Int32(argument.dropFirst(3)), number > 0 else { return nil }
        self = .descriptor(number)
    }

    /// Opens the target before anything runs, so that a wrong one costs nothing.
    func open() throws(CommandFailure) -> FileHandle {
        switch self {
        case .descriptor(let number):
            guard fcntl(number, F_GETFD) >= 0 else {
                throw CommandFailure(.badInput, "cannot write the report: fd:\(number) is not open")
            }
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            return FileHandle(fileDescriptor: number, closeOnDealloc: false)
        case .file(let path):
            let fd = Foundation.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            guard fd >= 0 else {
                let reason = String(cString: strerror(errno)).lowercased()
                throw CommandFailure(.badInput, "cannot write the report to \(path): \(reason)")
            }
            return FileHandle(fileDescriptor: fd, closeOnDealloc: true)
        }
    }
}

extension FileHandle {
    func write(_ text: String) throws(CommandFailure) {
        do {
            try write(contentsOf: Data(text.utf8))
        } catch {
            throw CommandFailure(.broken, "cannot write the report: \(error)")
        }
    }
}

/// The program of a run: one that the sandbox has, or a file of this machine that is copied in.
struct SandboxProgram: Sendable {
    /// Inside.
    let path: String
    private let bytes: [UInt8]?

    private static let shown = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/box", "/proc", "/dev"]

    init(_ program: String, mounts: [MountArgument]) throws(CommandFailure) {
        let isInside = (Self.shown + mounts.map(\.inside)).contains { place in
            program == place || program.hasPrefix(place + "/")
        }
        guard program.contains("/"), !isInside else {
            path = program
            bytes = nil
            return
        }
        do {
            bytes = [UInt8](try Data(contentsOf: URL(filePath: program)))
        } catch {
            throw CommandFailure(.notRun, "cannot read \(program): no such file, or not readable")
        }
        path = "/box/" + URL(filePath: program).lastPathComponent
    }

    func put(into slot: any Slot) async throws(SandboxError) {
        try await slot.resetBox(size: ByteCount(Int64((bytes?.count ?? 0) + (1 << 20))))
        guard let bytes else { return }
        try await slot.put(name: String(path.dropFirst(5)), bytes: bytes, executable: true)
    }
}
