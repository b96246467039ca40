import Foundation
import Testing

@Suite(
    "A toolchain that is replaced under a worker",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct ChangedToolchainTests {
    /// A directory that is no part of what every run sees, removed at the end.
    private final class Tools {
        let path = "/opt/judge-test-\(UUID().uuidString)"

        init() throws {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o755])
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        /// The section of the language that is compiled by it.
        var language: String {
            """
            [language.toy]
            name = "Toy"
            code = "toy"
            endings = [".toy"]
            compile = ["\(path)/compiler", "{sources}"]
            products = ["program"]
            run = ["/bin/sh", "/box/program"]
            version = ["\(path)/compiler", "--version"]

            """
        }

        /// Puts a compiler in place that makes one program of all sources.
        func install(_ version: String, making program: String) throws {
            let script = """
                #!/bin/sh
                if [ "$1" = --version ]; then echo compiler \(version); exit 0; fi
                echo '\(program)' >program

                """
            let new = path + "/new"
            try Data(script.utf8).write(to: URL(filePath: new))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: new)
            try #require(rename(new, path + "/compiler") == 0)
        }
    }

    @Test("The next judging compiles with the new one, says so, and keeps what comes of it")
    func replaced() throws {
        let tools = try Tools()
        try tools.install("one", making: "echo 3")
        let faults = try FaultDesk(
            lease: "60s",
            "[sandbox]\nread_only = [\"\(tools.path):\(tools.path)\"]\n" + tools.language)
        let desk = faults.desk
        try faults.addProblem()
        try desk.write("a.toy", "source")
        let worker = try faults.startWorker()
        defer { endByForce(worker) }
        func kept() throws -> Int {
            try desk.shell("ls judge-cache/programs").output.split(separator: "\n").count
        }

        // The second test wants 0.
        let wrong = try desk.judge("submit", "sum", "a.toy", "--wait")
        #expect(wrong.output.contains("submission 1: WA"), "\(wrong.output)\(wrong.complaint)")
        #expect(try kept() == 1)

        try tools.install("two", making: "read a b; echo $((a + b))")
        try #require(try desk.judge("submit", "sum", "a.toy").output == "2\n")
        #expect(try faults.verdict(of: 2, from: worker) == "AC")
        #expect(try kept() == 2)
        try #require(try desk.judge("submit", "sum", "a.toy").output == "3\n")
        #expect(try faults.verdict(of: 3, from: worker) == "AC")
        #expect(try kept() == 2)
        #expect(
            try faults.rows(
                "SELECT submission_id, toolchain, count(DISTINCT toolchain_digest) FROM provenance "
                    + "GROUP BY 1, 2") == [
                    "1|compiler one|1", "2|compiler two|1", "3|compiler two|1",
                ])
        let log = try faults.text("worker.err")
        #expect(
            log.split(separator: "\n").count {
                $0.contains("what compilers depend on has changed")
            } == 1, "\(log)")
        faults.expectStops(worker)
    }

    @Test(
        "What a language wants to see of the host, and what comes with its toolchain, is seen then")
    func added() throws {
        let tools = try Tools()
        let late = tools.path + "-late"
        defer { try? FileManager.default.removeItem(atPath: late) }
        try tools.install("one", making: "cat \(late)/answer")
        let faults = try FaultDesk(
            lease: "60s",
            tools.language + "read_only = [\"\(tools.path)\", \"\(late)\"]\n")
        let desk = faults.desk
        try faults.addProblem()
        try desk.write("a.toy", "source")
        let worker = try faults.startWorker()
        defer { endByForce(worker) }
        let missing = try desk.judge("submit", "sum", "a.toy", "--wait")
        #expect(missing.output.contains("submission 1: RTE"), "\(missing)")

        try FileManager.default.createDirectory(
            atPath: late, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755])
        try Data("3\n".utf8).write(to: URL(filePath: late + "/answer"))
        try tools.install("two", making: "cat \(late)/answer")
        try #require(try desk.judge("submit", "sum", "a.toy").output == "2\n")
        // The second test wants 0, which it is not.
        #expect(try faults.verdict(of: 2, from: worker) == "WA")
        faults.expectStops(worker)
    }
}
