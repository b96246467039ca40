import Foundation
import Testing

@Suite("judge doctor --syscalls")
struct SyscallTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test("The table names each class, its calls, conditions and reasons")
    func text() throws {
        let answer = try desk.judge("doctor", "--syscalls")
        #expect(answer.status == 0)
        let lines = answer.output.split(separator: "\n").map(String.init)
        for line in ["memory", "network", "numa  (on request)", "disk-space  (on request)"] {
            #expect(lines.contains(line))
        }
        #expect(lines.contains { $0.contains(" read write ") })
        let limits = try #require(lines.firstIndex(of: "  prlimit64"))
        #expect(lines[limits + 1].hasPrefix("      when pid is 0 and resource is RLIMIT_CPU"))
        #expect(lines[limits...].contains { $0.hasPrefix("      because: ") })
        #expect(lines.allSatisfy { $0.count <= 100 })
    }

    @Test("As JSON every call has its class, number, condition and reason")
    func json() throws {
        let answer = try desk.judge("doctor", "--syscalls", "--json")
        #expect(answer.status == 0)
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
        let rows = try #require(document["syscalls"] as? [[String: Any]])
        #expect(rows.count > 230)
        for row in rows {
            #expect(
                Set(row.keys) == ["class", "default", "call", "number", "condition", "reason"])
        }
        func row(_ call: String) -> [String: Any]? { rows.first { $0["call"] as? String == call } }
        #expect(row("statfs")?["class"] as? String == "disk-space")
        #expect(row("statfs")?["default"] as? Bool == false)
        #expect(row("read")?["condition"] is NSNull)
        #expect(row("clone")?["condition"] as? String != nil)
        #expect(row("ptrace") == nil)
    }

    @Test("judge sandbox run gives a class that is asked for, and no name that is none")
    func option() throws {
        let program = ["--", "/usr/bin/stat", "-f", "/tmp"]
        #expect(try desk.judge(["sandbox", "run"] + program).status == 1)
        #expect(
            try desk.judge(["sandbox", "run", "--syscalls", "disk-space"] + program).status == 0)
        #expect(try desk.judge(["sandbox", "run", "--syscalls", "ptrace"] + program).status == 64)
    }
}
