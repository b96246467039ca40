import Foundation
import Synchronization
import Testing

/// Processes of the judge that a test starts and kills, each told from those of anybody else: they and
/// their helpers are started from copies in the test's own directory.
///
/// Only what was started here is ever killed: a process that is not reaped yet, whose number is its own,
/// or a child of one.
final class Herd: Sendable {
    enum Kind: CaseIterable, Sendable { case worker, submitter }

    struct Member {
        var kind: Kind
        var process: Process
        var output: FileHandle
    }

    let desk: Desk
    let changes: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let helper: String
    /// Of the copy, by which it is known under whatever name.
    private let helperFile: FileIdentity
    private let started = Mutex<Set<pid_t>>([])

    /// - Throws: when the programs cannot be copied.
    init(_ desk: Desk) throws {
        self.desk = desk
        (changes, ring) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let built = Desk.program.deletingLastPathComponent().appending(path: "judge-sandbox")
        let copy = desk.directory.appending(path: "judge-sandbox")
        try FileManager.default.copyItem(at: built, to: copy)
        helper = copy.resolvingSymlinksInPath().path(percentEncoded: false)
        helperFile = try #require(FileIdentity(helper))
        try Data().write(to: log(of: desk))
        try FileManager.default.createDirectory(
            at: desk.directory.appending(path: "tmp"), withIntermediateDirectories: true)
    }

    /// The line of judge.conf that names the copy of the helper.
    var helperSetting: String { "helper = \"\(helper)\"" }

    /// Wakes whoever waits for a change.
    func tell() { ring.yield() }

    /// The numbers of all workers there were.
    var workers: Set<pid_t> { started.withLock { $0 } }

    /// What all processes wrote to standard error.
    var log: String {
        get throws { try String(contentsOf: log(of: desk), encoding: .utf8) }
    }

    /// Starts the program; its end is a change, and so is what others tell.
    ///
    /// - Parameter environment: beside what all have.
    func start(
        _ kind: Kind, _ environment: [String: String] = [:], _ arguments: String...
    ) throws -> Member {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = Desk.program
        process.arguments = arguments
        process.environment = environment.merging(["TMPDIR": temporaryDirectory]) { $1 }
        process.currentDirectoryURL = desk.directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        let log = open(log(of: desk).path, O_WRONLY | O_APPEND | O_CLOEXEC)
        try #require(log >= 0)
        defer { close(log) }
        process.standardError = FileHandle(fileDescriptor: log, closeOnDealloc: false)
        process.terminationHandler = { [ring] _ in ring.yield() }
        try process.run()
        // What Foundation keeps of ended processes must not use up the descriptors.
        try pipe.fileHandleForWriting.close()
        if kind == .worker {
            _ = started.withLock { $0.insert(process.processIdentifier) }
        }
        return Member(kind: kind, process: process, output: pipe.fileHandleForReading)
    }

    /// Kills a child of a member, chosen by `choose`; false when it has none.
    func killHelper(of member: Member, choose: (Int) -> Int) -> Bool {
        let helpers = helpers(of: member.process)
        guard member.process.isRunning, !helpers.isEmpty else { return false }
        return kill(helpers[choose(helpers.count)], SIGKILL) == 0
    }

    /// The children of a worker that run the copy of the helper.
    func helpers(of worker: Process) -> [pid_t] {
        own().filter { parent(of: $0) == worker.processIdentifier }.sorted()
    }

    /// Processes that run the copy of the helper.
    func own() -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter {
            FileIdentity("/proc/\($0)/exe") == helperFile
        }
    }

    var temporaryDirectory: String {
        desk.directory.appending(path: "tmp").path(percentEncoded: false)
    }

    private func log(of desk: Desk) -> URL { desk.directory.appending(path: "herd.log") }

    private func parent(of pid: pid_t) -> pid_t? {
        // The name in parentheses may hold anything; the state and the parent follow it.
        let line = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let fields = line?.split(separator: ")").last?.split(separator: " ")
        return fields.flatMap { $0.count > 1 ? pid_t($0[1]) : nil }
    }
}

/// What a file is known by, whatever its name.
private struct FileIdentity: Equatable {
    private var device: UInt
    private var inode: UInt

    /// nil where there is none, or it may not be looked at.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }
}
