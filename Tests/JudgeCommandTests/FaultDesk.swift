import Foundation
import Store
import Testing

/// What suites that disturb workers share: files, programs of known verdicts, and processes whose
/// standard error is kept.
struct FaultDesk {
    let desk: Desk

    /// Writes a problem of two tests and two programs: `sums.py`, which is right, and
    /// `hangs.py`, whose second test lasts until the wall time limit: TLE.
    ///
    /// - Parameters:
    ///   - configuration: more lines of judge.conf, sections of their own.
    ///   - lease: of the workers.
    init(lease: String, _ configuration: String = "") throws {
        desk = try Desk()
        try desk.writePackage()
        try desk.write("sum/data/secret/2.in", "0 0\n")
        try desk.write("sum/data/secret/2.ans", "0\n")
        let sum = "a, b = map(int, input().split())\n"
        try desk.write("sums.py", sum + "print(a + b)\n")
        try desk.write(
            "hangs.py", "import time\n" + sum + "if a == 0: time.sleep(600)\nprint(a + b)\n")
        try desk.write(
            "judge.conf",
            "[worker]\nlease = \"\(lease)\"\nattempts = 100\n[limits]\nwall_minimum = \"4s\"\n"
                + configuration)
    }

    func addProblem() throws {
        let answer = try desk.judge("problem", "add", "sum")
        try #require(answer.status == 0, "\(answer.complaint)")
    }

    /// Starts a shell that finds the program as `$0`; its standard error goes to a file.
    func start(_ line: String, errors: String, input: Any? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line, Desk.program.path(percentEncoded: false)]
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.currentDirectoryURL = desk.directory
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try Data().write(to: desk.directory.appending(path: errors))
        process.standardError = try FileHandle(
            forWritingTo: desk.directory.appending(path: errors))
        try process.run()
        return process
    }

    func startWorker(errors: String = "worker.err") throws -> Process {
        try start("exec \"$0\" worker", errors: errors)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOf: desk.directory.appending(path: name), encoding: .utf8)
    }

    /// Standard output of the `sqlite3` program; a wait for a lock is no failure.
    func rows(_ query: String, database: String = "judge.db") throws -> [String] {
        let answer = try desk.shell(
            "exec sqlite3 -readonly -cmd '.timeout 5000' \(database) '\(query)'")
        try #require(answer.status == 0, "\(answer.complaint)")
        return answer.output.split(separator: "\n").map(String.init)
    }

    /// Returns when the query says so; what it asks for must come while the worker lives.
    func wait(
        _ query: String, is wanted: String, database: String = "judge.db", while worker: Process
    ) throws {
        while try rows(query, database: database) != [wanted] {
            try expectLives(worker)
        }
    }

    /// Returns at the first change of the database at which it is so; each submission is one.
    func change(_ isSo: () throws -> Bool) async throws {
        let store = try await SQLiteStore.open(
            path: desk.directory.appending(path: "judge.db").path(percentEncoded: false),
            access: .read)
        for await _ in try store.changes() where try isSo() { break }
        try await store.close()
    }

    /// Returns when the worker has said this on its standard error.
    func wait(saying words: String, from worker: Process) throws {
        while try !text("worker.err").contains(words) {
            try expectLives(worker)
            _ = try desk.shell("exec true")
        }
    }

    /// Returns when the second test of submission 1, which hangs, is on.
    func waitForSecondTest(of worker: Process) throws {
        while try !desk.judge("result", "1").output.hasPrefix(
            "submission 1: running, 1 of 2 tests done\n")
        {
            try expectLives(worker)
        }
    }

    /// The verdict of a submission, which comes while the worker lives.
    func verdict(
        of submission: Int, database: String = "judge.db", from worker: Process
    ) throws -> String {
        let query = "SELECT verdict FROM judgements WHERE submission_id = \(submission)"
        while true {
            if let verdict = try rows(query, database: database).first { return verdict }
            try expectLives(worker)
        }
    }

    private func expectLives(_ worker: Process) throws {
        let log = try text("worker.err")
        try #require(worker.isRunning, "the worker ended: \(log)")
    }

    /// Each of so many submissions has one judgement, and the queue is empty.
    func expectOneJudgementEach(_ count: Int, database: String = "judge.db") throws {
        #expect(
            try rows(
                "SELECT count(*), count(DISTINCT submission_id) FROM judgements",
                database: database) == ["\(count)|\(count)"])
        #expect(
            try rows("SELECT count(*) FROM results WHERE state = \"done\"", database: database)
                == ["\(count)"])
        #expect(try rows("SELECT * FROM queue", database: database).isEmpty)
        #expect(
            try desk.judge("database", "check").output.hasSuffix(" is sound\n"))
    }

    func expectStops(_ worker: Process) {
        worker.terminate()
        worker.waitUntilExit()
        #expect(worker.terminationReason == .exit)
        #expect(worker.terminationStatus == 0)
    }
}

/// Ends a process whatever state it is in, when a test is over.
func endByForce(_ process: Process) {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGCONT)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
}
