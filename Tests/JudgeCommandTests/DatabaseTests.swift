import Foundation
import JudgeCore
import Testing

@Suite struct DatabaseTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test("A sound database is said to be sound; a fault is a sentence and the exit code 1")
    func check() async throws {
        _ = try desk.submit()
        let sound = try desk.judge("database", "check")
        #expect(sound.status == 0)
        #expect(sound.output.hasSuffix("/judge.db is sound\n"))
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        try #require(
            try desk.shell("exec sqlite3 -cmd '.timeout 5000' judge.db 'DELETE FROM judgement'")
                .status == 0)
        let faulty = try desk.judge("database", "check")
        #expect(faulty.status == 1)
        #expect(
            faulty.output == "jobs that are over without a judgement, of the submissions: 1\n")
        #expect(faulty.complaint.isEmpty)
        let json = try desk.judge("database", "check", "--json")
        #expect(json.status == 1)
        #expect(
            json.output.hasSuffix(
                "\"ok\": false, \"faults\": [\"jobs that are over without a judgement, of the "
                    + "submissions: 1\"]}\n"))
    }

    @Test("A file that is damaged at its beginning is a check that did not hold")
    func damaged() throws {
        _ = try desk.submit()
        let line =
            "rm -f judge.db-wal; dd if=/dev/zero of=judge.db bs=1 seek=100 count=3000 conv=notrunc"
        try #require(try desk.shell(line).status == 0)
        let answer = try desk.judge("database", "check")
        #expect(answer.status == 1, "\(answer.complaint)")
        #expect(answer.output.hasPrefix("the file is damaged: "))
        try desk.write("notes.db", "not a database, and long enough to be looked at\n")
        #expect(try desk.judge("database", "check", "--database", "notes.db").status == 69)
        #expect(try desk.judge("database", "check", "--database", "none.db").status == 69)
    }

    @Test("A backup that is put in the place of a lost database is worked on as before")
    func restore() async throws {
        _ = try desk.submit()
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        _ = try desk.submit()
        let answer = try desk.judge("database", "backup", "saved.db")
        #expect(answer.status == 0, "\(answer.complaint)")
        #expect(answer.output.hasSuffix("/judge.db is backed up to saved.db\n"))
        let before = try desk.judge("list", "--state", "done", "--json").output
        try #require(
            try desk.shell("rm -f judge.db judge.db-wal judge.db-shm && cp saved.db judge.db")
                .status == 0)
        #expect(try desk.judge("database", "check").status == 0)
        #expect(try desk.judge("list", "--state", "done", "--json").output == before)
        try await desk.finish(Judgement(verdict: .accepted, reason: nil))
        #expect(try desk.judge("result", "2", "--wait").status == 0)
    }

    @Test("A backup leaves a file that exists alone unless it is told to replace it")
    func existing() throws {
        _ = try desk.submit()
        try desk.write("saved.db", "precious")
        let refused = try desk.judge("database", "backup", "saved.db")
        #expect(refused.status == 65)
        #expect(refused.output.isEmpty)
        #expect(
            refused.complaint.hasSuffix(
                "/saved.db: it exists already; name another file or add --overwrite\n"))
        #expect(try desk.shell("exec cat saved.db").output == "precious")
        let replaced = try desk.judge("database", "backup", "saved.db", "--overwrite", "--json")
        #expect(replaced.status == 0)
        #expect(replaced.output.hasSuffix("\"ok\": true, \"faults\": []}\n"))
        #expect(try desk.judge("list", "--database", "saved.db").output.contains("queued"))
        let itself = try desk.judge("database", "backup", "judge.db", "--overwrite")
        #expect(itself.status == 69)
        #expect(itself.complaint.hasSuffix("it is the database itself\n"))
    }
}
