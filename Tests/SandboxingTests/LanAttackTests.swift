import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("A hostile program on a private network", .serialized)
struct LanAttackTests {
    /// Runs a program of `Programs/` on the first of two nodes while the other does nothing.
    private func onNode(_ program: String, _ arguments: [String] = []) async throws -> [String] {
        let bytes = try await Programs.shared.executable(program)
        return try await withSlot { slot in
            let crew = try await slot.crew(of: 2, onLan: true)
            try await slot.connectCrew()
            try await crew[0].resetBox(size: .mebibytes(4))
            try await crew[0].put(name: program, bytes: bytes, executable: true)
            let run = try await crew[0].run(
                RunRequest(
                    arguments: ["/box/\(program)"] + arguments, network: .lan, limits: roomy),
                input: .empty, stdout: .captured, stderr: .captured)
            #expect(run.report.exitCode == 0, "\(run.report)")
            try await slot.disconnectCrew()
            return run.text.split(separator: "\n").map(String.init)
        }
    }

    /// The table of who is behind which address is one of the whole machine, and holds 1024.
    @Test("Looking for machines that do not exist does not fill the machine's table of neighbours")
    func neighbours() async throws {
        #expect(try await onNode("neighbours", ["1000"]) == ["sent 4096", "full 0"])
    }

    @Test("A connection that waits at a node's listener receives no more than on loopback")
    func waitingConnections() async throws {
        #expect(try await onNode("listeners", ["4"]) == ["4 0", "wish 0", "waiting 0"])
    }
}
