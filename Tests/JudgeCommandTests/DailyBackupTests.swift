import Foundation
import Testing

/// What judge-backup.service of the Debian package calls.
@Suite("Daily backups")
struct DailyBackupTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.write("judge.conf", "[database]\npath = \"judge.db\"\n")
        for name in Self.present { try desk.write("backups/\(name)", "old") }
    }

    /// Two of its own, and others.
    private static let present = [
        "daily-20200101T000000Z.db", "daily-20200102T000000Z.db",
        "before-upgrade-from-1.0-20200101T000000Z.db", "daily-notes.db",
    ]

    private func backUp(keep: String) throws -> Desk.Answer {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../deploy/debian/daily-backup").standardized.path
        return try desk.shell(
            "PATH=${0%/*}:/usr/bin:/bin BACKUPS=$PWD/backups CONFIGURATION=$PWD/judge.conf KEEP=\(keep) "
                + "exec '\(script)'")
    }

    private func files() throws -> Set<String> {
        Set(
            try FileManager.default.contentsOfDirectory(
                atPath: desk.directory.appending(path: "backups").path))
    }

    @Test("A backup takes the place of the oldest of its kind beyond those that are kept")
    func keeping() throws {
        try #require(try desk.judge("database", "migrate").status == 0)
        let answer = try backUp(keep: "2")
        #expect(answer.status == 0, "\(answer.complaint)")
        let made = try files().subtracting(Self.present)
        #expect(made.count == 1)
        #expect(try files() == Set(Self.present.dropFirst()).union(made))
        let copy = try #require(made.first)
        let check = try desk.judge("database", "check", "--database", "backups/\(copy)")
        #expect(check.status == 0, "\(check.complaint)")
    }

    @Test("A copy of a database with a fault takes the place of no sound one, and two of them stay")
    func faulty() throws {
        _ = try desk.submit()
        let fault = try desk.shell(
            "sqlite3 -cmd '.timeout 5000' judge.db \"UPDATE job SET state = 'done'\"")
        try #require(fault.status == 0, "\(fault.complaint)")
        let before = ["faulty-20200101T000000Z.db", "faulty-20200102T000000Z.db"]
        for name in before { try desk.write("backups/\(name)", "old") }
        let answer = try backUp(keep: "1")
        #expect(answer.status == 1, "\(answer.complaint)")
        let made = try files().subtracting(Self.present + before)
        #expect(made.count == 1 && made.allSatisfy { $0.hasPrefix("faulty-") }, "\(made)")
        #expect(try files() == Set(Self.present + [before[1]]).union(made))
    }

    @Test("Where no backup can be made none is removed")
    func failing() throws {
        let answer = try backUp(keep: "1")
        #expect(answer.status == 69)
        #expect(answer.complaint.hasPrefix("judge: there is no database "))
        #expect(try files() == Set(Self.present))
    }

    @Test("A number of copies that is none is refused", arguments: ["0", "-1", "many", "'1 2'"])
    func numbers(keep: String) throws {
        try #require(try desk.judge("database", "migrate").status == 0)
        let answer = try backUp(keep: keep)
        #expect(answer.status == 64)
        #expect(answer.complaint.contains("is no number from 1 on"))
        #expect(try files() == Set(Self.present))
    }
}
