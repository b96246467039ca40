import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Folders of the box", .serialized)
struct FolderTests {
    /// Runs a line of shell on the box as it is.
    private static func line(_ text: String, on slot: any Slot) async throws -> RunResult {
        try await slot.run(
            RunRequest(
                arguments: ["/bin/sh", "-c", text], environment: ["PATH=/usr/bin:/bin"],
                limits: roomy),
            input: .empty, stdout: .captured, stderr: .captured)
    }

    @Test("A run writes into a writable folder alone; what it leaves stays until it is replaced")
    func writable() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            try await slot.resetFolder(name: ".data", size: .mebibytes(1), writable: false)
            try await slot.resetFolder(name: ".out", size: .mebibytes(1), writable: true)
            try await slot.put(name: ".data/1.in", bytes: Array("7".utf8), executable: false)
            let result = try await Self.line(
                "cat /box/.data/1.in > /box/.out/copy; (echo > /box/.data/1.in) 2>/dev/null; "
                    + "echo $?; (echo > /box/x) 2>/dev/null; echo $?; mv /box/.out /box/o 2>&1; "
                    + "rm -f /box/.data/1.in 2>/dev/null; cat /box/.data/1.in", on: slot)
            let words = String(decoding: result.stdout, as: UTF8.self).split(separator: "\n")
            #expect(words.first == "2" && words.dropFirst().first == "2" && words.last == "7")
            let copied = try await slot.take(name: ".out/copy", atMost: .kibibytes(1))
            #expect(copied == Array("7".utf8))
            #expect(try await slot.measureFolder(name: ".out") == .kibibytes(4))
            _ = try await Self.line("echo more > /box/.out/more", on: slot)
            let more = try await slot.take(name: ".out/more", atMost: .kibibytes(1))
            #expect(more == Array("more\n".utf8))
            try await slot.resetFolder(name: ".out", size: .mebibytes(1), writable: true)
            #expect(try await slot.take(name: ".out/copy", atMost: .kibibytes(1)) == nil)
            #expect(try await slot.measureFolder(name: ".out") == .zero)
            #expect(try await slot.take(name: ".data/1.in", atMost: .kibibytes(1)) != nil)
            // Closed by the runs, until it is replaced.
            await #expect(throws: SandboxError.self) {
                try await slot.put(name: ".data/2.in", bytes: [], executable: false)
            }
            try await slot.resetFolder(name: ".data", size: .mebibytes(1), writable: false)
            try await slot.put(name: ".data/2.in", bytes: [], executable: false)
        }
    }

    @Test("A file is removed alone, and one that is not there is no error")
    func dropped() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            try await slot.resetFolder(name: ".out", size: .mebibytes(1), writable: true)
            _ = try await Self.line("cd /box/.out; echo a > a; echo b > b; mkdir c", on: slot)
            try await slot.drop(name: ".out/a")
            try await slot.drop(name: ".out/a")
            #expect(try await slot.take(name: ".out/a", atMost: .kibibytes(1)) == nil)
            #expect(try await slot.take(name: ".out/b", atMost: .kibibytes(1)) != nil)
            for name in [".out/c", "../x", ".out/../b"] {
                await #expect(throws: SandboxError.self) { try await slot.drop(name: name) }
            }
        }
    }

    @Test("Nothing but a regular file of one name is read out of a folder, and its size is a limit")
    func hostile() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            try await slot.put(name: "secret", bytes: Array("secret".utf8), executable: false)
            try await slot.resetFolder(name: ".out", size: .kibibytes(64), writable: true)
            let result = try await Self.line(
                "cd /box/.out; ln -s /etc/passwd link; ln -s ../secret up; mkfifo pipe; "
                    + "mkdir directory; echo a > directory/inner; echo b > once; ln once twice; "
                    + "head -c 200000 /dev/zero > large; wc -c < large", on: slot)
            #expect(String(decoding: result.stdout, as: UTF8.self) == "57344\n")
            for name in ["link", "up", "pipe", "directory", "once", "twice", "none"] {
                let taken = try await slot.take(name: ".out/\(name)", atMost: .kibibytes(64))
                #expect(taken == nil, "\(name)")
            }
            #expect(try await slot.measureFolder(name: ".out") == .kibibytes(64))
            for name in [".out", ".out/../secret", ".out/directory/inner", ".out/", ".out//x"] {
                let taken = try? await slot.take(name: name, atMost: .kibibytes(64))
                #expect(taken == .none || taken == .some(nil), "\(name)")
            }
            for name in ["a/b", "..", "", "a\0b"] {
                await #expect(throws: SandboxError.self, "\(name)") {
                    try await slot.resetFolder(name: name, size: .kibibytes(64), writable: true)
                }
            }
            try await slot.resetBox(size: .mebibytes(1))
            await #expect(throws: SandboxError.self) {
                _ = try await slot.measureFolder(name: ".out")
            }
        }
    }

    @Test("Files are put at paths, and host files are copied by the helper")
    func paths() async throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "folders-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let source = directory.appending(path: "source").path
        try Data("from the host".utf8).write(to: URL(filePath: source))
        let path = directory.path
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            try await slot.put(
                name: "a/b/tool", bytes: Array("#!/bin/sh\necho hi".utf8), executable: true)
            try await slot.put(name: "a/b/c", file: source)
            let result = try await Self.line("/box/a/b/tool; cat /box/a/b/c; ls /box", on: slot)
            #expect(String(decoding: result.stdout, as: UTF8.self) == "hi\nfrom the hosta\n")
            for name in ["../x", "a/../x", "/x", "a//x"] {
                await #expect(throws: SandboxError.self, "\(name)") {
                    try await slot.put(name: name, bytes: [], executable: false)
                }
            }
            for file in [path, "/dev/null", path + "/none"] {
                await #expect(throws: SandboxError.self, "\(file)") {
                    try await slot.put(name: "other", file: file)
                }
            }
        }
    }

    @Test("A companion shares nothing with its slot: box, folders and user differ")
    func companion() async throws {
        try await withSlot { slot in
            let other = try await slot.companion()
            try await slot.resetBox(size: .mebibytes(1))
            try await other.resetBox(size: .mebibytes(1))
            try await other.put(name: "checker", bytes: [1], executable: true)
            try await other.resetFolder(name: ".out", size: .mebibytes(1), writable: true)
            try await slot.put(name: "mine", bytes: [2], executable: true)
            let mine = try await Self.line("ls -A /box; cat /proc/self/uid_map", on: slot)
            let theirs = try await Self.line("ls -A /box; cat /proc/self/uid_map", on: other)
            let (left, right) = (
                String(decoding: mine.stdout, as: UTF8.self).split(separator: "\n"),
                String(decoding: theirs.stdout, as: UTF8.self).split(separator: "\n")
            )
            #expect(left.dropLast() == ["mine"])
            #expect(right.dropLast() == [".out", "checker"])
            // An ordinary user may have a single user to lend.
            if geteuid() == 0 { #expect(left.last != right.last) }
            #expect(try await slot.companion() === other)
        }
    }
}
