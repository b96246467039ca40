import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

/// Version of the kernel's Landlock interface; not positive where there is none.
private let landlockVersion: Int = {
    let process = Process()
    process.executableURL = URL(filePath: helperPath)
    process.arguments = ["trials"]
    let output = Pipe()
    process.standardOutput = output
    guard (try? process.run()) != nil,
        let bytes = try? output.fileHandleForReading.readToEnd()
    else { return 0 }
    process.waitUntilExit()
    let words = String(decoding: bytes, as: UTF8.self)
        .split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
    return words.first { $0.first == "landlock.abi" }.flatMap { Int($0[1]) } ?? 0
}()

@Suite("The second wall", .serialized)
struct SecondWallTests {
    private static let allowed = [
        "directories", "file", "rename", "hard link", "symbolic link", "truncate", "pipe", "socket",
        "abstract socket", "unlink", "null", "standard output again", "standard input again",
        "signal to oneself",
    ]

    private func outcomes(boxWritable: Bool) async throws -> [String: String] {
        let result = try await withSlot { slot in
            try await slot.run(program: "landlock", boxWritable: boxWritable)
        }
        #expect(result.report.exitCode == 0, "\(result.report)")
        return Dictionary(
            result.text.split(separator: "\n").map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test("In its own places a program does all that it may, whatever walls there are")
    func allowed() async throws {
        let seen = try await outcomes(boxWritable: true)
        for what in Self.allowed + ["box"] { #expect(seen[what] == "done", "\(what)") }
    }

    @Test("The box of a submission is closed to it")
    func box() async throws {
        #expect(try await outcomes(boxWritable: false)["box"] == "Read-only file system")
    }

    @Test("Landlock denies signals to init, which ids let pass", .enabled(if: landlockVersion >= 6))
    func signals() async throws {
        let seen = try await outcomes(boxWritable: false)
        #expect(seen["signal to init"] == "Operation not permitted")
    }

    @Test(
        "Landlock denies a file of the host that came in as a descriptor",
        .enabled(if: landlockVersion >= 2))
    func hostFile() async throws {
        let path = NSTemporaryDirectory() + "judge-fifo-\(UUID().uuidString)"
        #expect(mkfifo(path, 0o666) == 0 && chmod(path, 0o666) == 0)
        defer { unlink(path) }
        // The run closes it.
        let channels = RunChannels([open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)])
        let result = try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            return try await slot.run(
                RunRequest(
                    arguments: ["sh", "-c", "(: <>/dev/fd/3) 2>&1 && echo opened"],
                    limits: roomy),
                input: .empty, stdout: .captured, stderr: .captured, channels: channels)
        }
        #expect(result.text.contains("Permission denied"), "\(result.text)")
    }

    @Test("A file or directory asked for as writable can be written through both walls")
    func writableMounts() async throws {
        let directory = NSTemporaryDirectory() + "judge-writable-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let file = directory + "/file"
        try Data().write(to: URL(filePath: file))
        for (path, mode) in [(directory, 0o777), (file, 0o666)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        let mounts = [
            FileMount(host: directory, inside: "/out", writable: true),
            FileMount(host: file, inside: "/one", writable: true),
        ]
        let result = try await withSlot(mounts: mounts) {
            try await $0.shell(
                "echo a >/one; mkdir /out/d && echo b >/out/d/f && mv /out/d/f /out/g; cat /out/*")
        }
        #expect(result.text == "a\nb\n", "\(result.errors)")
    }

    /// Init is not to be seen from inside, so it is looked at from here.
    @Test("Init has given up its rights as well once the program runs")
    func initPrivileges() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            let announced = try Announcement()
            let run = Task {
                defer { announced.close() }
                return try await slot.run(
                    RunRequest(arguments: ["sh", "-c", "echo on; sleep 3600"], limits: roomy),
                    input: .empty, stdout: .descriptor(announced.writer), stderr: .captured)
            }
            _ = await announced.wait()
            let inits = try Self.initsBelow(getpid())
            #expect(inits.count == 1)
            for status in inits {
                // The program may be there before init has gone on.
                for set in ["CapPrm", "CapEff", "CapInh", "CapAmb"] {
                    var looks = 0
                    while looks < 1000, try Self.field(set, status) != "0000000000000000" {
                        await Task.yield()
                        looks += 1
                    }
                    #expect(try Self.field(set, status) == "0000000000000000", "\(set)")
                }
                #expect(try Self.field("CapBnd", status) == "0000000000000000")
                #expect(try Self.field("NoNewPrivs", status) == "1")
            }
            run.cancel()
            _ = await run.result
        }
    }

    private static func field(_ name: String, _ path: String) throws -> String {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
        return line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
    }

    /// Status files of the processes that are 1 in a namespace two below this one's.
    private static func initsBelow(_ ancestor: pid_t) throws -> [String] {
        var found: [String] = []
        let depth = try field("NSpid", "/proc/self/status").split(separator: "\t").count
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            let path = "/proc/\(name)/status"
            guard Int(name) != nil, let ids = try? field("NSpid", path).split(separator: "\t"),
                ids.count == depth + 2, ids.last == "1"
            else { continue }
            // Program and init share the depth, other users' sandboxes may as well.
            var parent = name
            while let next = try? field("PPid", "/proc/\(parent)/status"), next != "0" {
                if next == "\(ancestor)" {
                    found.append(path)
                    break
                }
                parent = next
            }
        }
        return found
    }

    /// A process with this right can be made to have more to hand down than a plain one.
    private static let mayRaiseLimits: Bool = {
        let set = (try? field("CapEff", "/proc/self/status")).flatMap { UInt64($0, radix: 16) }
        return (set ?? 0) & 1 << 24 != 0
    }()

    @Test(
        "Being spared when memory runs out is not handed down to a run",
        .enabled(if: Self.mayRaiseLimits))
    func surroundings() async throws {
        let score = "/proc/self/oom_score_adj"
        let before = try readControl(score)
        try writeControl("-100", to: score)
        defer { try? writeControl(before, to: score) }
        let inside = try await withSlot { try await $0.shell("cat /proc/self/oom_score_adj") }
        #expect(inside.text == "0\n")
    }
}
