import Foundation
import Testing

/// What the Debian package and its services say, held against the files that they speak of.
@Suite("The Debian package and its services")
struct PackageTests {
    /// `NAME=VALUE` lines of a unit, without its comments.
    private static func directives(_ unit: String) throws -> [String] {
        try Repository.text("deploy/systemd/\(unit)").split(separator: "\n").map(String.init)
            .filter { $0.contains("=") && !$0.hasPrefix("#") }
    }

    private static func seconds(_ text: String) throws -> Int {
        try #require(Int(text.trimmingCharacters(in: CharacterSet(charactersIn: "\"s"))))
    }

    @Test("The service of further workers is that of the first, but for its name and its metrics")
    func instances() throws {
        let (first, further) =
            try (Self.directives("judge-worker.service"), Self.directives("judge-worker@.service"))
        #expect(first.count == further.count)
        let different = zip(first, further).filter { $0 != $1 }
        #expect(
            different.map { $0.0.prefix(while: { $0 != "=" }) } == ["Description", "ExecStart"])
        let (one, other) = try #require(different.last)
        #expect(one.hasPrefix(other + " --metrics "))
    }

    @Test("A worker's service waits longer for its end than the worker itself")
    func stopping() throws {
        let stop = try #require(
            try Repository.text("judge.conf").firstMatch(of: /(?m)^stop = ("[0-9]+s")$/)?.output.1)
        let limit = try #require(
            try Self.directives("judge-worker.service").compactMap {
                $0.firstMatch(of: /^TimeoutStopSec=([0-9]+s)$/)?.output.1
            }.first)
        #expect(try Self.seconds(String(limit)) > Self.seconds(String(stop)))
    }

    @Test("Each place that the package's judge.conf changes is in judge.conf once")
    func configuration() throws {
        let script = try Repository.text("deploy/package")
        let changed = script.matches(of: /s\|\^(.+)\$\|.+\|'/).map { String($0.output.1) }
        #expect(changed.count == 3)
        let lines = try Repository.text("judge.conf").split(separator: "\n").map(String.init)
        for line in changed { #expect(lines.count { $0 == line } == 1, "\(line)") }
    }

    @Test("All that a relative path of judge.conf names is placed by the package")
    func places() throws {
        let changed = try Repository.text("deploy/package").matches(of: /s\|\^(.+)\$\|.+\|'/)
            .map { String($0.output.1) }
        let named = try Repository.text("judge.conf").matches(
            of: /(?m)^(?:path|directory|cache) = "[^\/"]+"$/
        ).map { String($0.output) }
        #expect(named.sorted() == changed.sorted())
    }

    @Test(
        "deploy/package refuses what it cannot use, before it builds anything",
        arguments: [
            ["--version"], ["--version", "1 2"], ["--version", "v1"], ["--built", "/nowhere"],
            ["--colour"], [".", "."], ["/nowhere"],
        ])
    func usage(arguments: [String]) throws {
        let process = Process()
        process.executableURL = Repository.root.appending(path: "deploy/package")
        process.arguments = arguments
        let complaint = Pipe()
        process.standardError = complaint
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let bytes = try complaint.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("deploy/package: ") && text.split(separator: "\n").count == 1)
    }
}
