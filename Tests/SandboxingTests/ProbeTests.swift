import Foundation
import Linux
import Sandboxing
import Testing

/// Each probe outside of any sandbox, where it must succeed: what cannot fire detects nothing.
@Suite("The probes outside of the sandbox", .serialized)
struct ProbeTests {
    /// The helper where everybody may run it, and things planted for it.
    private let directory: String
    private let helper: String

    init() throws {
        directory = NSTemporaryDirectory() + "judge-probes-\(UUID().uuidString)"
        helper = directory + "/judge-sandbox"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: helperPath, toPath: helper)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o777], ofItemAtPath: directory)
    }

    /// The answers by the names of the probes, given by an ordinary user.
    private func answers(
        _ arguments: [String], environment: [String: String] = [:], asRoot: Bool = false
    ) throws -> [String: String] {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let command = [helper, "probe"] + arguments
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        if asRoot {
            process.arguments = ["unshare", "--mount", "--propagation", "private"] + command
        } else if geteuid() == 0 {
            let user = ["--reuid=65534", "--regid=65534", "--clear-groups"]
            process.arguments = ["setpriv"] + user + command
        } else {
            process.arguments = command
        }
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { first, _ in first }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return Dictionary(
            text.split(separator: "\n").map { line in
                let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
                return (parts[0], parts.count > 1 ? parts[1] : "")
            }, uniquingKeysWith: { _, last in last })
    }

    private func expect(_ answers: [String: String], _ name: String, _ text: String) {
        #expect(answers[name] == "through: \(text)")
    }

    @Test("Planted things are found")
    func planted() throws {
        let file = directory + "/canary"
        let held = try Descriptor.open(file, O_RDWR | O_CREAT, mode: 0o644)
        #expect(flock(held.number, LOCK_EX) == 0)
        var facts = stat()
        #expect(fstat(held.number, &facts) == 0)
        let loopback = try Listener.onLoopback()
        let listener = Descriptor(owning: loopback.descriptor)
        let name = "judge/test/\(UUID().uuidString)"
        let socket = Descriptor(owning: try Listener.at(name: name))
        let answers = try answers(
            [
                "file=\(file)", "directory=\(directory)", "inode=\(facts.st_ino)",
                "port=\(loopback.port)", "socket=\(name)", "pid=\(getpid())",
                "variable=JUDGE_CANARY", "host-file", "host-process", "host-listener",
                "host-socket", "host-lock", "environment", "write-outside", "kernel-files",
            ], environment: ["JUDGE_CANARY": "planted"])
        expect(answers, "host-file", "reading \(file) succeeds")
        expect(answers, "host-process", "a signal finds process \(getpid())")
        expect(
            answers, "host-listener",
            "a connection to the host's port \(loopback.port) succeeds")
        expect(answers, "host-socket", "a connection to the host's socket @\(name) succeeds")
        expect(answers, "host-lock", "/proc/locks shows a lock of the host")
        expect(answers, "environment", "JUDGE_CANARY is in the environment")
        expect(answers, "write-outside", "a file can be made in \(directory)/")
        expect(answers, "kernel-files", "/sys/kernel is there")
        _ = (listener.number, socket.number)
    }

    @Test(
        "A worker's number that is also one of the run's own tells nothing, other processes do",
        .enabled(if: geteuid() == 0, "needs root for a process namespace"))
    func numbers() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        // The shell is process 1, the probe's program 2 or, beside a stranger, 3.
        func answer(_ line: String) throws -> String {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/unshare")
            process.arguments = [
                "--pid", "--fork", "--mount-proc", "/bin/sh", "-c", "\(line); exit 0", helper,
            ]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let text = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return String(decoding: text, as: UTF8.self)
        }
        for pid in 1...3 {
            let probe = "$0 probe pid=\(pid) host-process"
            let held = "host-process\theld: 3 processes, all of this run\n"
            #expect(try answer(probe) == held, "\(pid)")
            let found = try answer("sleep 60 & \(probe)")
            #expect(found == "host-process\tthrough: a signal finds process 2\n", "\(pid)")
        }
    }

    @Test("A lock on a file that both see is felt")
    func lock() throws {
        let file = directory + "/shared"
        let held = try Descriptor.open(file, O_RDONLY | O_CREAT, mode: 0o644)
        #expect(flock(held.number, LOCK_SH) == 0)
        let answers = try answers(["shared=\(file)", "inode=none", "host-lock"])
        expect(answers, "host-lock", "a lock of the host on \(file) is felt")
        #expect(flock(held.number, LOCK_UN) == 0)
    }

    @Test("Open descriptors, rights to be had and other sockets are found")
    func privileges() throws {
        // A shell opens the fourth descriptor.
        let program = helper
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "exec \(program) probe descriptors privileges 5</dev/null"]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let text = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 1)
        #expect(text.contains("descriptors\tthrough: descriptor 5 is open"))
        let answers = try answers([
            "socket-families", "namespaces", "privileges", "core-handler",
        ])
        expect(answers, "core-handler", "crashes are given to the host's core_pattern")
        expect(answers, "socket-families", "a socket of family AF_NETLINK can be made")
        expect(answers, "namespaces", "unshare makes a user namespace")
        expect(
            answers, "privileges", "programs with a set-user-id bit give their owner's rights")
    }

    @Test(
        "A process that is not one's own can be traced, and mounts made, by who may",
        .enabled(if: geteuid() == 0, "needs root to trace and mount"))
    func root() throws {
        let sleeper = Process()
        sleeper.executableURL = URL(filePath: "/bin/sleep")
        sleeper.arguments = ["600"]
        try sleeper.run()
        defer {
            kill(sleeper.processIdentifier, SIGKILL)
            sleeper.waitUntilExit()
        }
        // Not init, which a test had better leave alone.
        let answers = try answers(
            ["pid=\(sleeper.processIdentifier)", "init=0", "trace", "mount"], asRoot: true)
        expect(answers, "trace", "process \(sleeper.processIdentifier) can be traced")
        expect(answers, "mount", "mount succeeds")
    }

    @Test("Calls that the filter takes away answer here")
    func calls() throws {
        let calls = ["io-uring", "keyrings", "bpf", "perf-events", "userfaultfd"]
        let answers = try answers(calls)
        for call in calls {
            let answer = try #require(answers[call])
            // A kernel made for tests has not all of them.
            let isMissing = isUserModeLinux && answer == "held: function not implemented"
            #expect(answer.hasPrefix("through: ") || isMissing, "\(call): \(answer)")
        }
    }

    @Test("What a run leaves is found by the next, and limits are passed where there are none")
    func limits() throws {
        let answers = try answers([
            "left=judge-left-\(UUID().uuidString.prefix(8))", "count=12", "bytes=1048576",
            "milliseconds=10", "leave", "leftovers", "processes", "memory", "cpu-time",
            "wall-time", "output",
        ])
        let left = try #require(answers["leftovers"])
        for word in ["through", "/tmp/", "/dev/shm/", "shared memory", "a process"] {
            #expect(left.contains(word), "\(left)")
        }
        expect(answers, "processes", "12 processes can be started")
        expect(answers, "memory", "1048576 bytes of memory can be used")
        expect(answers, "cpu-time", "10 ms of CPU time can be used")
        expect(answers, "wall-time", "10 ms can be slept")
        // Behind its million bytes.
        #expect(answers.contains { $0.key.hasSuffix("output") && $0.value.hasPrefix("through: ") })
    }

    @Test("Interfaces of the host are found")
    func interfaces() throws {
        let devices = try String(contentsOfFile: "/proc/self/net/dev", encoding: .utf8)
        let others = devices.split(separator: "\n").dropFirst(2).filter { !$0.contains("lo:") }
        let answer = try answers(["interfaces"])["interfaces"]
        // On a machine that has loopback alone there is nothing to be found.
        #expect((answer?.hasPrefix("through: ") == true) == !others.isEmpty)
    }

    @Test("A probe that there is none of counts as through")
    func unknown() throws {
        expect(try answers(["no-such-probe"]), "no-such-probe", "there is no such probe")
    }
}
