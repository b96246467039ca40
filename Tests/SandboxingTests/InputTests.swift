import Foundation
import Glibc
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// Standard input of the caller's that has a name, or an address, on the host.
@Suite("Standard input with a name", .serialized)
struct InputTests {
    enum Kind: CaseIterable { case namedPipe, terminal, device, socket, datagrams }

    /// Both ends: what the run gets, and what the test writes to; nil for a device that has bytes by itself.
    private struct Input {
        var reader: Int32
        var writer: Int32?
        var path: String?

        func close() {
            for number in [reader, writer].compactMap({ $0 }) { _ = Glibc.close(number) }
            if let path { unlink(path) }
        }
    }

    private func open(_ kind: Kind) throws -> Input {
        switch kind {
        case .namedPipe:
            let path = NSTemporaryDirectory() + "judge-canary-\(UUID().uuidString)"
            try #require(mkfifo(path, 0o600) == 0)
            // Opened by one who has both ends, so that neither waits for the other.
            let both = Glibc.open(path, O_RDWR | O_CLOEXEC)
            defer { Glibc.close(both) }
            return Input(
                reader: Glibc.open(path, O_RDONLY | O_CLOEXEC),
                writer: Glibc.open(path, O_WRONLY | O_CLOEXEC), path: path)
        case .terminal:
            let master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
            var (number, lock): (UInt32, Int32) = (0, 0)
            // TIOCGPTN, TIOCSPTLCK
            #expect(ioctl(master, 0x8004_5430, &number) == 0)
            #expect(ioctl(master, 0x4004_5431, &lock) == 0)
            let name = "/dev/pts/\(number)"
            return Input(
                reader: Glibc.open(name, O_RDWR | O_NOCTTY | O_CLOEXEC), writer: master, path: nil)
        case .device:
            return Input(reader: Glibc.open("/dev/zero", O_RDONLY | O_CLOEXEC), writer: nil)
        case .socket, .datagrams:
            var ends: [Int32] = [-1, -1]
            let type = kind == .socket ? SOCK_STREAM : SOCK_SEQPACKET
            #expect(socketpair(AF_UNIX, Int32(type.rawValue), 0, &ends) == 0)
            return Input(reader: ends[0], writer: ends[1], path: nil)
        }
    }

    private func answer(
        _ line: String, _ input: Int32, in slot: SandboxSlot, limits: RunLimits = roomy
    ) async throws -> RunResult {
        try await slot.resetBox(size: .mebibytes(1))
        return try await slot.run(
            RunRequest(
                arguments: ["/bin/sh", "-c", line], environment: ["PATH=/usr/bin:/bin"],
                limits: limits),
            input: .descriptor(input), stdout: .captured, stderr: .captured)
    }

    @Test(
        "Neither a name, nor an inode of the host, nor a way to write is in standard input",
        arguments: Kind.allCases)
    func hidden(kind: Kind) async throws {
        let input = try open(kind)
        defer { input.close() }
        if let writer = input.writer {
            let words = Array("canary\n".utf8)
            #expect(write(writer, words, words.count) == words.count)
        }
        var facts = stat()
        #expect(fstat(input.reader, &facts) == 0)
        let result = try await withSlot { slot in
            try await answer(
                "head -c 7 | tr '\\0' 0; readlink /proc/self/fd/0; stat -L -c '%i %F' /proc/self/fd/0; "
                    + "echo out >&0 || echo refused", input.reader, in: slot)
        }
        let lines = result.text.split(separator: "\n", omittingEmptySubsequences: true)
        let bytes = kind == .device ? "0000000pipe:[" : "canary"
        #expect(result.text.hasPrefix(bytes), "\(result)")
        #expect(result.text.contains("pipe:["))
        #expect(lines.contains { $0.hasSuffix(" fifo") && $0 != "\(facts.st_ino) fifo" })
        #expect(lines.last == "refused")
    }

    @Test("A pipe that others hold cannot be written to, nor be made non-blocking for them")
    func sharedPipe() async throws {
        let pipe = try Descriptor.pipe()
        defer { for end in [pipe.read, pipe.write] { close(end) } }
        #expect(write(pipe.write, "first\n", 6) == 6)
        let executable = try await Programs.shared.executable("input")
        let reader = pipe.read
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(8))
            try await slot.put(name: "input", bytes: executable, executable: true)
            return try await slot.run(
                RunRequest(arguments: ["/box/input"], limits: roomy), input: .descriptor(reader),
                stdout: .captured, stderr: .captured)
        }
        #expect(result.text == "first\nnon-blocking\n", "\(result)")
        #expect(fcntl(reader, F_GETFL) & O_NONBLOCK == 0)
        #expect(fcntl(reader, F_SETFL, O_NONBLOCK) == 0)
        var bytes = [UInt8](repeating: 0, count: 64)
        #expect(read(reader, &bytes, bytes.count) == -1, "\(bytes)")
    }

    @Test("An end of the input is one inside", arguments: [Kind.namedPipe, .socket, .datagrams])
    func end(kind: Kind) async throws {
        var input = try open(kind)
        defer { input.close() }
        let writer = try #require(input.writer)
        let words = Array("all of it".utf8)
        #expect(write(writer, words, words.count) == words.count)
        close(writer)
        input.writer = nil
        let reader = input.reader
        let result = try await withSlot { try await answer("cat", reader, in: $0) }
        #expect(result.text == "all of it")
        #expect(result.report.exitCode == 0)
    }

    @Test(
        "An end that is there before anything else is one inside, at once", .timeLimit(.minutes(1)))
    func emptyEnd() async throws {
        // The helper looks at nothing else meanwhile.
        let limits = RunLimits(
            cpuTime: .seconds(600), wallTime: .seconds(1800), memory: .mebibytes(64))
        let input = try open(.namedPipe)
        let writer = try #require(input.writer)
        close(writer)
        defer { Input(reader: input.reader, path: input.path).close() }
        let result = try await withSlot {
            try await answer("cat; echo over", input.reader, in: $0, limits: limits)
        }
        #expect(result.text == "over\n")
    }

    @Test("Megabytes pass unchanged, whenever they come", arguments: [Kind.namedPipe, .socket])
    func throughput(kind: Kind) async throws {
        let input = try open(kind)
        defer { Input(reader: input.reader, path: input.path).close() }
        let writer = try #require(input.writer)
        let bytes = (0..<(4 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
        // On a thread of its own: it waits for the reader.
        Thread.detachNewThread {
            FileHandle(fileDescriptor: writer, closeOnDealloc: true).write(Data(bytes))
        }
        let result = try await withSlot { try await answer("cat", input.reader, in: $0) }
        #expect(result.stdout == bytes)
    }

    @Test("An input without end, and one that never comes, hold up no limit")
    func endless() async throws {
        // Half of it is for a slow machine to start a shell in.
        var patient = roomy
        patient.wallTime = .seconds(4)
        // What reads computes, however little of the processor it gets by the clock.
        var short = roomy
        short.cpuTime = .milliseconds(200)
        short.wallTime = .seconds(120)
        let (waiting, reading) = (patient, short)
        let zero = try open(.device)
        let silent = try open(.socket)
        defer { for input in [zero, silent] { input.close() } }
        try await withSlot { slot in
            let waits = try await answer("cat", silent.reader, in: slot, limits: waiting)
            #expect(waits.report.outcome == .idle, "\(waits.report)")
            let reads = try await answer(
                "exec cat >/dev/null", zero.reader, in: slot, limits: reading)
            #expect(reads.report.outcome == .cpuTime, "\(reads.report)")
            let ignores = try await answer("echo done", zero.reader, in: slot)
            #expect(ignores.text == "done\n")
        }
    }
}
