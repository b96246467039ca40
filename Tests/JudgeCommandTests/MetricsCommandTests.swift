import Foundation
import Testing

/// Judges by the real sandbox, which needs root here.
@Suite(.enabled(if: geteuid() == 0, "needs root for the sandbox"), .serialized)
struct MetricsCommandTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    /// Reads lines of a log until one says where metrics are served.
    private func port(_ log: FileHandle) throws -> Int {
        var text = Data()
        while true {
            let more = log.availableData
            try #require(!more.isEmpty, "\(String(decoding: text, as: UTF8.self))")
            text += more
            let said = String(decoding: text, as: UTF8.self)
            if let match = said.firstMatch(of: /port=(\d+)[^\n]*\n/), let port = Int(match.output.1)
            {
                return port
            }
        }
    }

    @Test("A worker serves what it counts, and a second one is told that the port is taken")
    func serve() throws {
        _ = try desk.submit()
        try desk.write("main.py", "print(int(input().split()[0]) + 2)\n")
        let (process, log) = try desk.startLogging("worker", "--metrics", "127.0.0.1:0")
        defer { process.terminate() }
        let port = try port(log)
        #expect(try desk.judge("submit", "sum", "main.py", "--wait").status == 0)

        let answer = try desk.shell(
            "/usr/bin/python3 -c 'import urllib.request as u; "
                + "print(u.urlopen(\"http://127.0.0.1:\(port)/metrics\").read().decode())'")
        // The one of two files was judged before.
        let lines = Set(answer.output.split(separator: "\n").map(String.init))
        #expect(lines.contains("judge_verdicts_total{verdict=\"AC\"} 1"), "\(answer.output)")
        #expect(lines.contains("judge_slots 1"))
        #expect(lines.contains("judge_queue_length{priority=\"normal\"} 0"))
        #expect(lines.contains("judge_sandbox_setup_duration_seconds_count 2"))
        #expect(lines.contains("judge_phase_duration_seconds_count{phase=\"check\"} 2"))
        #expect(lines.contains { $0.hasPrefix("judge_disk_free_bytes ") })

        let second = try desk.judge("worker", "--drain", "--metrics", "127.0.0.1:\(port)")
        #expect(second.status == 69)
        #expect(
            second.complaint
                == "judge: cannot serve metrics at 127.0.0.1 port \(port): the port is "
                + "taken; name another one, or 0 for one that is free\n")
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
