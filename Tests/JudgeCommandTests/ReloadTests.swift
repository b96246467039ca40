import Foundation
import Testing

/// What a running worker does with a judge.conf that has changed, at SIGHUP.
@Suite(
    "Settings that are read anew",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"), .timeLimit(.minutes(4)))
struct ReloadTests {
    /// A worker whose log can be read line by line. It ends with its owner.
    private final class Worker {
        let desk: Desk
        private let process: Process
        private let log: FileHandle
        private var rest = ""

        init(at desk: Desk) throws {
            self.desk = desk
            // As nohup starts it: where the tests have a terminal, SIGHUP would be taken for its end.
            (process, log) = try desk.startLoggingUnderNohup("worker", "--log", "json")
        }

        deinit { process.terminate() }

        /// The next line of its log, waiting for it; nil at the end.
        func line() throws -> [String: String]? {
            while true {
                if let end = rest.firstIndex(of: "\n") {
                    let text = String(rest[..<end])
                    rest = String(rest[rest.index(after: end)...])
                    guard text.hasPrefix("{") else { continue }
                    let found = try JSONSerialization.jsonObject(with: Data(text.utf8))
                    return found as? [String: String]
                }
                // What is never said is a failure, not a test that hangs.
                var wish = pollfd(fd: log.fileDescriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&wish, 1, 120_000) > 0 else { return nil }
                let more = log.availableData
                guard !more.isEmpty else { return nil }
                rest += String(decoding: more, as: UTF8.self)
            }
        }

        /// The next line with this message.
        func line(_ message: String) throws -> [String: String] {
            var seen: [String] = []
            while let line = try line() {
                if line["message"] == message { return line }
                seen.append(line["message"] ?? "")
            }
            Issue.record("the worker did not say \(message), but \(seen)")
            return [:]
        }

        func hangUp() { kill(process.processIdentifier, SIGHUP) }

        func stop() -> Int32 {
            process.terminate()
            process.waitUntilExit()
            return process.terminationStatus
        }
    }

    private let desk: Desk
    private let right = "a, b = map(int, input().split())\nprint(a + b)\n"

    init() throws {
        desk = try Desk()
        try desk.writePackage()
        try desk.write("right.py", right)
        try desk.write("judge.conf", "[worker]\nname = \"first\"\n")
        try #require(try desk.judge("problem", "add", "sum").status == 0)
    }

    /// Judges one submission, and says who did.
    private func judge(_ id: Int) throws -> String {
        try #require(try desk.judge("submit", "sum", "right.py").status == 0)
        let answer = try desk.judge("result", "\(id)", "--wait", "--json")
        #expect(answer.status == 0, "\(answer.output)\(answer.complaint)")
        let found = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
        return ((found as? [String: Any])?["worker"] as? String) ?? answer.output
    }

    @Test("A worker goes on by the new settings")
    func new() throws {
        let worker = try Worker(at: desk)
        #expect(try worker.line("worker started")["worker"] == "first")
        try desk.write("judge.conf", "[worker]\nname = \"second\"\nslots = 1\n")
        worker.hangUp()
        #expect(try worker.line("worker stopped")["worker"] == "first")
        let second = try worker.line("worker started")
        #expect(second["worker"] == "second" && second["slots"] == "1")
        #expect(try judge(1) == "second")
        #expect(worker.stop() == 0)
    }

    @Test("Settings with a mistake change nothing, and the log says the line and the key")
    func mistake() throws {
        let worker = try Worker(at: desk)
        _ = try worker.line("worker started")
        for (text, line, key) in [
            ("[worker]\nname = \"second\"\nslotz = 1\n", "judge.conf:3", "slotz"),
            ("[worker]\n\nslots = \"many\"\n", "judge.conf:3", "slots"),
            ("[worker\n", "judge.conf:1", ""),
        ] {
            try desk.write("judge.conf", text)
            worker.hangUp()
            let said = try worker.line("settings were not read anew: those from before stay")
            let cause = try #require(said["cause"])
            #expect(cause.contains(line) && cause.contains(key) || key.isEmpty, "\(cause)")
            #expect(said["level"] == "error")
        }
        try desk.write("judge.conf", "")
        #expect(try judge(1) == "first")
        #expect(worker.stop() == 0)
    }

    @Test("Settings by which nothing can be judged are left again for those from before")
    func impossible() throws {
        let worker = try Worker(at: desk)
        _ = try worker.line("worker started")
        for text in [
            // What runs see must not hold the database.
            "[worker]\nname = \"second\"\n[sandbox]\nread_only = [\"\(desk.directory.path):/data\"]\n",
            "[worker]\nname = \"third\"\n[sandbox]\nhelper = \"/nowhere/judge-sandbox\"\n",
            "[worker]\nname = \"fourth\"\n[database]\npath = \"/nowhere/judge.db\"\n",
        ] {
            try desk.write("judge.conf", text)
            worker.hangUp()
            let message = "cannot work by the new settings: those from before are used again"
            let said = try worker.line(message)
            #expect(said["cause"]?.isEmpty == false)
            #expect(try worker.line("worker started")["worker"] == "first")
        }
        try desk.write("judge.conf", "")
        #expect(try judge(1) == "first")
        #expect(worker.stop() == 0)
    }

    @Test("What is judged meanwhile is judged to the end, in its first attempt")
    func meanwhile() throws {
        let worker = try Worker(at: desk)
        _ = try worker.line("worker started")
        try desk.write("long.py", "import time\nwhile time.process_time() < 0.6: pass\n" + right)
        #expect(try desk.judge("submit", "sum", "long.py").status == 0)
        let running = try desk.start("list", "--watch", "--json")
        defer { running.process.terminate() }
        var seen = ""
        while !seen.contains("\"state\": \"running\"") {
            let more = running.output.availableData
            try #require(!more.isEmpty)
            seen += String(decoding: more, as: UTF8.self)
        }
        try desk.write("judge.conf", "[worker]\nname = \"second\"\n")
        worker.hangUp()
        #expect(try worker.line("worker started")["worker"] == "second")
        let answer = try desk.judge("result", "1", "--json")
        #expect(answer.output.contains("\"verdict\": \"AC\""), "\(answer.output)")
        #expect(answer.output.contains("\"worker\": \"first\""), "\(answer.output)")
        #expect(answer.output.contains("\"attempt\": 1"), "\(answer.output)")
        #expect(worker.stop() == 0)
    }

    @Test(
        "A worker that is told to stop while it takes new settings stops, and blames nothing on them"
    )
    func stopped() throws {
        let worker = try Worker(at: desk)
        _ = try worker.line("worker started")
        try desk.write("judge.conf", "[worker]\nname = \"second\"\n")
        worker.hangUp()
        _ = try worker.line("worker stopped")
        // It opens its slots and attacks them now.
        #expect(worker.stop() == 0)
        while let line = try worker.line() {
            #expect(line["level"] == "info" || line["level"] == "notice", "\(line)")
        }
    }
}
