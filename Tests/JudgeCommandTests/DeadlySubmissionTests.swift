import Foundation
import Store
import Testing

extension KillHarnessTests {
    private static let deadly = 2
    private static let honest = 12
    private static let attempts = 3

    @Test(
        "Submissions that take their workers down are dead after three attempts, and hold up nobody else"
    )
    func deadly() async throws {
        let desk = try Desk()
        let herd = try Herd(desk)
        try desk.writePackage()
        for (verdict, text) in Self.programs { try desk.write("\(verdict).py", text) }
        try desk.write("deadly.py", "import time\ntime.sleep(600)\n")
        try desk.write(
            "judge.conf",
            "[worker]\nlease = \"2s\"\nattempts = \(Self.attempts)\n[limits]\n"
                + "wall_minimum = \"10min\"\n[sandbox]\n\(herd.helperSetting)\n")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
        for number in 1...Self.deadly + Self.honest {
            let program =
                number <= Self.deadly ? "deadly" : Self.programs[number % Self.programs.count].0
            try #require(
                try desk.judge("submit", "sum", "\(program).py", "--user", "\(number)").output
                    == "\(number)\n")
        }
        let killed = try await judgeDeadly(desk, herd)
        #expect(killed == Self.deadly * Self.attempts)

        let dead = "verdict = \"JE\" AND attempt = \(Self.attempts)"
        #expect(
            try rows(desk, "SELECT submission_id FROM results WHERE state = \"dead\" AND \(dead)")
                == (1...Self.deadly).map { "\($0)" })
        for reason in try rows(desk, "SELECT reason FROM results WHERE state = \"dead\"") {
            #expect(reason.hasPrefix("no verdict in \(Self.attempts) attempts, the last: worker "))
            #expect(reason.hasSuffix(" did not renew its lease in time"))
        }
        // Each of the others at its first attempt, and before any that is deadly was given up.
        let order = try rows(
            desk, "SELECT submission_id, verdict, attempt FROM judgements ORDER BY judgement_id")
        let expected = (Self.deadly + 1...Self.deadly + Self.honest).map {
            "\($0)|\(Self.programs[$0 % Self.programs.count].0)|1"
        }
        #expect(Set(order.prefix(Self.honest)) == Set(expected), "\(order)")
        #expect(order.count == Self.honest + Self.deadly)
        #expect(try desk.judge("database", "check").output.hasSuffix(" is sound\n"))
        try expectNothingLeft(desk, herd)
    }

    /// Keeps two workers alive until all is judged, and kills each that has claimed a deadly submission.
    ///
    /// - Returns: how many were killed.
    private func judgeDeadly(_ desk: Desk, _ herd: Herd) async throws -> Int {
        let store = try await SQLiteStore.open(
            path: desk.directory.appending(path: "judge.db").path(percentEncoded: false),
            access: .read)
        let changes = try store.changes()
        let listening = Task { for await _ in changes { herd.tell() } }
        defer { listening.cancel() }
        var living: [pid_t: Herd.Member] = [:]
        defer { for member in living.values { endByForce(member.process) } }
        var killed: Set<pid_t> = []
        for await _ in herd.changes {
            living = living.filter { $0.value.process.isRunning }
            while living.count < 2 {
                let worker = try herd.start(.worker, [:], "worker", "--slots", "1")
                living[worker.process.processIdentifier] = worker
            }
            let deadly = try rows(
                desk,
                "SELECT worker FROM queue WHERE state = \"running\" AND submission_id <= \(Self.deadly)"
            )
            for name in deadly {
                let pid = try #require(name.split(separator: "-").last.flatMap { pid_t($0) })
                // Others have the number only when it is reaped.
                guard let worker = living[pid], worker.process.isRunning else { continue }
                try #require(kill(pid, SIGKILL) == 0)
                killed.insert(pid)
            }
            let length = try await store.queueLength()
            if length.queued + length.running == 0 { break }
        }
        for worker in living.values { worker.process.terminate() }
        for worker in living.values { worker.process.waitUntilExit() }
        try await store.close()
        return killed.count
    }
}
