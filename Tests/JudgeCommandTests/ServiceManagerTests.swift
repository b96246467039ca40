import Foundation
import Testing

@Suite(
    "What a worker tells whoever supervises it",
    .enabled(if: geteuid() == 0, "needs root for the sandbox"))
struct ServiceManagerTests {
    /// A socket that a worker is told of, as systemd makes one.
    private final class Listener {
        private let fd: Int32
        let path: String

        init(in desk: Desk) throws {
            path = desk.directory.appending(path: "notify").path(percentEncoded: false)
            fd = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            let bytes = Array(path.utf8)
            try #require(bytes.count < MemoryLayout.size(ofValue: name.sun_path))
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
            let bound = withUnsafePointer(to: &name) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(fd, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(bound == 0)
            // What is never told is a failure, not a test that hangs.
            var limit = timeval(tv_sec: 120, tv_usec: 0)
            setsockopt(
                fd, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        }

        deinit { close(fd) }

        /// The next datagram, waiting for it.
        func next() -> String {
            var bytes = [UInt8](repeating: 0, count: 1_024)
            let count = recv(fd, &bytes, bytes.count, 0)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
    }

    @Test("A worker says when it is ready, gives signs of life, and says that it stops")
    func life() throws {
        let desk = try Desk()
        try #require(try desk.judge("database", "migrate").status == 0)
        let listener = try Listener(in: desk)
        let worker = Process()
        worker.executableURL = Desk.program
        worker.arguments = ["worker"]
        worker.currentDirectoryURL = desk.directory
        worker.environment = [
            "PATH": "/usr/bin:/bin", "NOTIFY_SOCKET": listener.path, "WATCHDOG_USEC": "200000",
        ]
        worker.standardError = FileHandle.nullDevice
        try worker.run()
        defer { worker.terminate() }
        #expect(listener.next() == "READY=1\nSTATUS=waits for submissions")
        for _ in 0..<3 { #expect(listener.next() == "WATCHDOG=1") }
        worker.terminate()
        var last = listener.next()
        while last == "WATCHDOG=1" { last = listener.next() }
        #expect(last == "STOPPING=1")
        worker.waitUntilExit()
        #expect(worker.terminationStatus == 0)
    }

    @Test("Without a supervisor, or with one that is gone, a worker works as ever")
    func gone() throws {
        let desk = try Desk()
        try #require(try desk.judge("database", "migrate").status == 0)
        for environment in [
            [:], ["NOTIFY_SOCKET": "/nowhere/notify", "WATCHDOG_USEC": "100000"],
            ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": "@judge-nobody-listens"],
        ] {
            #expect(try desk.judge("worker", "--drain", environment: environment).status == 0)
        }
    }
}
