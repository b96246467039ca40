import Foundation
import Testing

@Suite struct AuditCommandTests {
    @Test("A command is in the audit trail with the user who gave it, also through other commands")
    func commands() throws {
        let desk = try Desk()
        _ = try desk.submit(user: "somebody else")
        let rows = try desk.shell(
            "sqlite3 -cmd '.timeout 5000' judge.db 'SELECT uid, os_user, act, command FROM audit'"
        ).output.split(separator: "\n").map(String.init)
        let user = NSUserName()
        #expect(
            rows == [
                "\(getuid())|\(user)|migrate|judge problem add sum",
                "\(getuid())|\(user)|add-problem|judge problem add sum",
                "\(getuid())|\(user)|submit|judge submit sum main.cpp util.h --user somebody else",
            ])
    }
}
