import Foundation
import Glibc
import Testing

private func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
}

@Suite(
    "A database that is locked, full or busy while workers judge",
    .enabled(if: geteuid() == 0, "needs root for the sandbox and to mount a small file system"),
    .serialized, .timeLimit(.minutes(60)))
struct DatabaseFaultTests {
    /// JUDGE_LOCK_REFUSALS=2 holds the lock for 10 s, in which a second submitter is refused.
    @Test("While someone else locks the database submit says so, and all is judged once afterwards")
    func locked() throws {
        let faults = try FaultDesk(lease: "30s")
        let desk = faults.desk
        try faults.addProblem()
        try #require(try desk.judge("submit", "sum", "hangs.py").output == "1\n")
        let worker = try faults.startWorker()
        defer { endByForce(worker) }
        try faults.waitForSecondTest(of: worker)

        let commands = Pipe()
        let holder = try faults.start(
            "exec sqlite3 -cmd '.timeout 5000' judge.db >held", errors: "holder.err",
            input: commands)
        defer { endByForce(holder) }
        let pen = commands.fileHandleForWriting
        try pen.write(contentsOf: Data("BEGIN EXCLUSIVE; SELECT 'held';\n".utf8))
        while try !desk.exists("held") || faults.text("held") != "held\n" {
            try #require(holder.isRunning)
            _ = try desk.shell("exec true")
        }
        // Each waits for the lock as long as the store does, 5 s.
        for _ in 1...(setting("JUDGE_LOCK_REFUSALS") ?? 1) {
            let refused = try desk.judge("submit", "sum", "sums.py")
            #expect(refused.status == 75)
            #expect(refused.output.isEmpty)
            #expect(
                refused.complaint.hasPrefix("judge: cannot write the database ")
                    && refused.complaint.hasSuffix(
                        "another process holds its lock; try again later\n"),
                "\(refused.complaint)")
        }
        try pen.write(contentsOf: Data("ROLLBACK;\n".utf8))
        try pen.close()
        holder.waitUntilExit()

        #expect(try faults.verdict(of: 1, from: worker) == "TLE")
        #expect(try desk.judge("submit", "sum", "sums.py", "--wait").output.hasPrefix("2\n"))
        faults.expectStops(worker)
        #expect(
            try faults.rows("SELECT submission_id, verdict, attempt FROM judgements ORDER BY 1")
                == ["1|TLE|1", "2|AC|1"])
        #expect(try !faults.text("worker.err").contains("SQLITE"))
        try faults.expectOneJudgementEach(2)
    }

    @Test(
        "On a full disk submit says so; what was acknowledged is judged when there is space again")
    func full() throws {
        let faults = try FaultDesk(lease: "3s", "[database]\npath = \"disk/judge.db\"\n")
        let desk = faults.desk
        let disk = desk.directory.appending(path: "disk")
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
        try #require(mount("none", disk.path, "tmpfs", 0, "size=80m") == 0)
        defer { umount2(disk.path, Int32(MNT_DETACH)) }
        let database = "disk/judge.db"
        try faults.addProblem()
        try #require(try desk.judge("submit", "sum", "hangs.py").output == "1\n")
        try #require(try desk.judge("submit", "sum", "sums.py").output == "2\n")
        let worker = try faults.startWorker()
        defer { endByForce(worker) }
        try faults.waitForSecondTest(of: worker)

        _ = try desk.shell("cat /dev/zero >disk/filler")
        let refused = try desk.judge("submit", "sum", "sums.py")
        #expect(refused.status == 75)
        #expect(refused.output.isEmpty)
        #expect(
            refused.complaint.hasPrefix("judge: cannot write the database ")
                && refused.complaint.hasSuffix(
                    "the disk is full; free some space and try again\n"),
            "\(refused.complaint)")
        // Renewing fails, so the worker stops what it judges: another may have it by now.
        try faults.wait(saying: "outcome=lease-lost", from: worker)
        #expect(try faults.rows("SELECT * FROM judgements", database: database).isEmpty)
        try FileManager.default.removeItem(at: disk.appending(path: "filler"))

        #expect(try faults.verdict(of: 1, database: database, from: worker) == "TLE")
        #expect(try faults.verdict(of: 2, database: database, from: worker) == "AC")
        #expect(try desk.judge("submit", "sum", "sums.py", "--wait").output.hasPrefix("3\n"))
        faults.expectStops(worker)
        try faults.expectOneJudgementEach(3, database: database)
    }

    /// JUDGE_LOAD_SUBMISSIONS=20000 stores so many.
    @Test("Eight submitters, four workers and a backup share one file, and nobody complains")
    func load() async throws {
        let faults = try FaultDesk(lease: "60s")
        let desk = faults.desk
        try faults.addProblem()
        let each = max(1, (setting("JUDGE_LOAD_SUBMISSIONS") ?? 160) / 8)
        let workers = try (1...4).map { try faults.startWorker(errors: "worker-\($0).err") }
        defer { workers.forEach(endByForce) }
        let loop = """
            i=0; while [ $i -lt \(each) ]; do
            "$0" submit sum sums.py --user N >>ids-N || exit 1; i=$((i+1)); done
            """
        let submitters = try (1...8).map {
            try faults.start(loop.replacing("N", with: "\($0)"), errors: "submitter-\($0).err")
        }
        defer { submitters.forEach(endByForce) }
        func acknowledged() throws -> Set<String> {
            let text = try desk.shell("cat ids-* 2>/dev/null").output
            return Set(text.split(separator: "\n").map(String.init))
        }
        try await faults.change {
            let isEnough = try acknowledged().count >= each * 3
            // Who has given up changes nothing; what the others do until they end, or workers judge, tells.
            try #require(isEnough || submitters.contains { $0.isRunning })
            return isEnough
        }
        let before = try acknowledged()
        let backup = try desk.judge("database", "backup", "copy.db")
        #expect(backup.status == 0, "\(backup.complaint)")
        let check = try desk.judge("database", "check", "--database", "copy.db")
        #expect(check.output.hasSuffix("copy.db is sound\n"), "\(check.output)")
        let copied = Set(
            try faults.rows("SELECT submission_id FROM results", database: "copy.db"))
        #expect(before.isSubset(of: copied), "\(before.subtracting(copied)) not in the backup")

        for submitter in submitters {
            submitter.waitUntilExit()
            #expect(submitter.terminationStatus == 0)
        }
        #expect(try acknowledged().count == each * 8)
        let last = try faults.start("exec \"$0\" worker --drain", errors: "worker-5.err")
        last.waitUntilExit()
        #expect(last.terminationStatus == 0)
        workers.forEach(faults.expectStops)
        for number in 1...8 {
            let said = try faults.text("submitter-\(number).err")
            #expect(said.isEmpty, "submitter \(number): \(said)")
        }
        for number in 1...5 {
            let log = try faults.text("worker-\(number).err")
            // A worker may have to wait, and say so; what it waits for is the lock, and nothing fails of it.
            let complaints = log.split(separator: "\n").filter { line in
                let waited = line.contains(" warning ") && line.contains("holds its lock")
                return !waited
                    && [" warning ", " error ", "cause=", "SQLITE"].contains { line.contains($0) }
            }
            #expect(complaints.isEmpty, "\(complaints.prefix(3))")
        }
        try faults.expectOneJudgementEach(each * 8)
        #expect(
            try faults.rows("SELECT DISTINCT verdict, attempt FROM judgements") == ["AC|1"])
    }
}
