import Dispatch
import Glibc
import Metrics
import Testing

@Suite("Serving metrics over HTTP", .timeLimit(.minutes(1)))
struct ServerTests {
    private static let anyPort = MetricsAddress("127.0.0.1:0")

    private func serve(_ work: (Int) async throws -> Void) async throws {
        let address = try #require(Self.anyPort)
        try await MetricsServer.serve(at: address, { "judge_slots 2\n" }, while: work)
    }

    @Test("A request is answered with the text of now, its type and its length")
    func get() async throws {
        try await serve { port in
            let answer = try await Client.ask("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", port)
            let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(parts.last == "judge_slots 2\n")
            #expect(parts[0].contains("Content-Type: text/plain; version=0.0.4; charset=utf-8"))
            #expect(parts[0].contains("Content-Length: 14"))
            let query = "GET /metrics?x=1 HTTP/1.0\r\n\r\n"
            #expect(try await Client.ask(query, port).hasSuffix("\r\n\r\njudge_slots 2\n"))
            let head = try await Client.ask("HEAD /metrics HTTP/1.1\r\nHost: a\r\n\r\n", port)
            #expect(head.contains("Content-Length: 14") && head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("Other paths, methods and what is no request are refused, and the server goes on")
    func refused() async throws {
        try await serve { port in
            let long = String(repeating: "a", count: 20_000)
            let requests = [
                ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "404"),
                ("POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", "405"),
                ("hello\r\n\r\n", "400"),
                ("GET /metrics HTTP/1.1\r\nX: \(long)\r\n\r\n", "400"),
                ("GET /\(long) HTTP/1.1\r\n\r\n", "400"),
            ]
            for (request, status) in requests {
                // Who is refused in the middle of a long request may be told by a reset instead.
                let answer = try await Client.ask(request, port)
                let isReset = answer.isEmpty && request.utf8.count > 8_192
                #expect(
                    isReset || answer.hasPrefix("HTTP/1.1 \(status) "),
                    "\(request.prefix(30)): \(answer.prefix(40))")
            }
            let answer = try await Client.ask("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", port)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test("Connections beyond the sixteenth are closed, and served again when others have gone")
    func many() async throws {
        try await serve { port in
            var held: [Client] = []
            // They are accepted in the order in which they came.
            for _ in 0..<16 { held.append(try Client(port)) }
            var refused = 0
            for _ in 0..<4 {
                let client = try Client(port)
                if try await client.readAll(sending: "").isEmpty { refused += 1 }
            }
            #expect(refused == 4)
            held.removeAll()
            // The kernel tells the server that they are gone; it may take a moment to hear it.
            var answer = ""
            for _ in 0..<10_000 where answer.isEmpty {
                answer = try await Client.ask("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", port)
            }
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test("A port that is taken is told in one sentence, and no work begins")
    func taken() async throws {
        try await serve { port in
            let address = try #require(MetricsAddress("127.0.0.1:\(port)"))
            let error = await #expect(throws: MetricsServerError.self) {
                try await MetricsServer.serve(at: address, { "" }) { _ in
                    Issue.record("it works beside another")
                }
            }
            #expect(
                error?.description == "cannot serve metrics at 127.0.0.1 port \(port): the port is "
                    + "taken; name another one, or 0 for one that is free")
        }
    }

    @Test("The port is free again when the work has ended, also when it threw")
    func stopped() async throws {
        struct Ended: Error {}
        var ports: [Int] = []
        for _ in 0..<2 {
            let wanted = ports.first ?? 0
            let address = try #require(MetricsAddress("127.0.0.1:\(wanted)"))
            await #expect(throws: Ended.self) {
                try await MetricsServer.serve(at: address, { "" }) { port in
                    ports.append(port)
                    throw Ended()
                }
            }
        }
        #expect(ports.count == 2 && ports[0] == ports[1])
    }
}

/// A connection to a port of this machine; blocking calls are made off the cooperative pool.
private final class Client: Sendable {
    private let fd: Int32

    init(_ port: Int) throws {
        fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0)
    }

    deinit { close(fd) }

    /// All that comes until the other side closes.
    func readAll(sending request: String) async throws -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                let bytes = Array(request.utf8)
                _ = send(fd, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while all.count < 1 << 20 {
                    let count = read(fd, &buffer, buffer.count)
                    guard count > 0 else { break }
                    all += buffer[..<count]
                }
                continuation.resume(returning: String(decoding: all, as: UTF8.self))
            }
        }
    }

    static func ask(_ request: String, _ port: Int) async throws -> String {
        try await Client(port).readAll(sending: request)
    }
}
