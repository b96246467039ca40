import Foundation
import JudgeCore
import Store
import Testing

/// A directory of its own in which the built `judge` is called, with nothing of the caller's
/// environment; deleted at the end.
final class Desk: Sendable {
    /// What one call of the program did.
    struct Answer {
        var status: Int32
        var output: String
        var complaint: String
    }

    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "judge-command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    /// The program that was built together with this test bundle.
    static var program: URL {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "judge")
    }

    /// Calls the program and waits for its end.
    func judge(_ arguments: String..., environment: [String: String] = [:]) throws -> Answer {
        try judge(arguments, environment: environment)
    }

    func judge(_ arguments: [String], environment: [String: String] = [:]) throws -> Answer {
        try run(Self.program.path(percentEncoded: false), arguments, environment)
    }

    /// Calls a shell, which finds the program as `$0`.
    func shell(_ line: String) throws -> Answer {
        try run("/bin/sh", ["-c", line, Self.program.path(percentEncoded: false)], [:])
    }

    /// Starts the program with its output in a pipe.
    func start(_ arguments: String...) throws -> (process: Process, output: FileHandle) {
        let (process, pipe) = (prepared(arguments), Pipe())
        process.standardOutput = pipe
        try process.run()
        return (process, pipe.fileHandleForReading)
    }

    /// Starts the program as nohup does, or as it does not, with its output in a pipe.
    func start(
        underNohup: Bool, _ arguments: String...
    ) throws -> (process: Process, output: FileHandle) {
        let (process, pipe) = (prepared([]), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            (underNohup ? ["nohup"] : []) + [Self.program.path(percentEncoded: false)] + arguments
        process.standardOutput = pipe
        try process.run()
        return (process, pipe.fileHandleForReading)
    }

    /// Starts the program with its standard error in a pipe.
    func startLogging(_ arguments: String...) throws -> (process: Process, log: FileHandle) {
        let (process, pipe) = (prepared(arguments), Pipe())
        process.standardError = pipe
        try process.run()
        return (process, pipe.fileHandleForReading)
    }

    /// The same as nohup does.
    func startLoggingUnderNohup(
        _ arguments: String...
    ) throws -> (process: Process, log: FileHandle) {
        let (process, pipe) = (prepared([]), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["nohup", Self.program.path(percentEncoded: false)] + arguments
        process.standardError = pipe
        try process.run()
        return (process, pipe.fileHandleForReading)
    }

    private func prepared(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.environment = [:]
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path(percentEncoded: false)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(
            atPath: directory.appending(path: name).path(percentEncoded: false))
    }

    /// A package with one test and a time limit, in the directory `sum`.
    func writePackage() throws {
        try write("sum/problem.yaml", "name: Sum\nlimits:\n  time_limit: 1\n  code: 1\n")
        try write("sum/data/secret/1.in", "1 2\n")
        try write("sum/data/secret/1.ans", "3\n")
    }

    /// Installs that package and stores a submission of two files for it.
    func submit(user: String = "ada") throws -> Int64 {
        try writePackage()
        try #require(try judge("problem", "add", "sum").status == 0)
        try write("main.cpp", "int main() {}\n")
        try write("util.h", "#pragma once\n")
        let answer = try judge("submit", "sum", "main.cpp", "util.h", "--user", user)
        try #require(answer.status == 0)
        return try #require(Int64(answer.output.dropLast()))
    }

    /// Writes a judgement as a worker does.
    func finish(_ judgement: Judgement, worker: String = "w") async throws {
        let path = directory.appending(path: "judge.db").path(percentEncoded: false)
        let store = try await SQLiteStore.open(path: path, access: .write)
        let claim = try await store.claim(worker: worker, leaseDuration: .seconds(60))
        let lease = try #require(claim).lease
        #expect(try await store.finish(lease, with: judgement) == .written)
        try await store.close()
    }

    private func run(
        _ program: String, _ arguments: [String], _ environment: [String: String]
    ) throws -> Answer {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        // Files, not pipes: a pipe that nobody reads stops the program.
        let output = directory.appending(path: ".output-\(UUID().uuidString)")
        let complaint = directory.appending(path: ".complaint-\(UUID().uuidString)")
        for file in [output, complaint] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: complaint)
        try process.run()
        process.waitUntilExit()
        defer { for file in [output, complaint] { try? FileManager.default.removeItem(at: file) } }
        return Answer(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            complaint: try String(contentsOf: complaint, encoding: .utf8))
    }
}
