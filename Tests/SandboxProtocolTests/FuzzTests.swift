import SandboxProtocol
import Testing
import Units

/// Numbers that depend on the seed alone.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Makes bad packets of good ones.
enum Mutation {
    /// Values at which readers go wrong.
    private static let edges: [UInt64] = [
        0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff,
    ]

    static func apply(to bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0 where place < bytes.count:
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1 where place < bytes.count:
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2:
                bytes.removeSubrange(place...)
            case 3:
                let more = Int.random(in: 1...16, using: &random)
                bytes.insert(
                    contentsOf: (0..<more).map { _ in UInt8.random(in: 0...255, using: &random) },
                    at: place)
            case 4:
                let end = Int.random(in: place...bytes.count, using: &random)
                bytes.insert(contentsOf: Array(bytes[place..<end].prefix(256)), at: place)
            case 5:
                let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
                bytes.removeSubrange(place..<end)
            default:
                let width = [1, 2, 4, 8].randomElement(using: &random) ?? 1
                guard place + width <= bytes.count else { continue }
                let value = edges.randomElement(using: &random) ?? 0
                for byte in 0..<width {
                    bytes[place + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
                }
            }
        }
        return bytes
    }
}

@Suite("Packets that nobody should send")
struct FuzzTests {
    /// Another number looks elsewhere.
    private let seed: UInt64 = 2026

    private func inputs<Message>(
        _ messages: [Message], encoded: (Message) -> [UInt8], body: ([UInt8]) -> Void
    ) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100_000 {
            guard let message = messages.randomElement(using: &random) else { return }
            if Int.random(in: 0..<10, using: &random) == 0 {
                let size = Int.random(in: 0...300, using: &random)
                body((0..<size).map { _ in UInt8.random(in: 0...255, using: &random) })
            } else {
                body(Mutation.apply(to: encoded(message), using: &random))
            }
        }
    }

    @Test("100,000 broken requests are refused, or read as requests within all bounds")
    func requests() {
        var (read, refused) = (0, 0)
        inputs(CodingTests.requests, encoded: { $0.encoded() }) { bytes in
            guard let request = try? HelperRequest(decoding: bytes) else {
                refused += 1
                return
            }
            read += 1
            #expect((try? HelperRequest(decoding: request.encoded())) == request, "seed \(seed)")
            if case .run(let run) = request {
                let limits = run.limits
                #expect(!run.arguments.isEmpty && limits.processes > 0, "seed \(seed)")
                for time in [limits.cpuTime, limits.wallTime] {
                    #expect(time > .zero && time <= .seconds(30 * 86_400), "seed \(seed)")
                }
                for size in [limits.memory, limits.stack, limits.tmpSize, limits.output] {
                    #expect(size.bytes > 0 && size.bytes <= 1 << 56, "seed \(seed)")
                }
            }
        }
        #expect(read > 1_000 && refused > 1_000, "seed \(seed)")
    }

    @Test("100,000 broken replies are refused, or read as replies within all bounds")
    func replies() {
        var (read, refused) = (0, 0)
        inputs(CodingTests.replies, encoded: { $0.encoded() }) { bytes in
            guard let reply = try? HelperReply(decoding: bytes) else {
                refused += 1
                return
            }
            read += 1
            #expect((try? HelperReply(decoding: reply.encoded())) == reply, "seed \(seed)")
            if case .report(let report) = reply {
                #expect((0...255).contains(report.exitCode ?? 0), "seed \(seed)")
                #expect((1...64).contains(report.signal ?? 1), "seed \(seed)")
                for size in [report.memoryPeak, report.stdoutBytes, report.stderrBytes] {
                    #expect((0...1 << 56).contains(size.bytes), "seed \(seed)")
                }
                let others = [report.stolenTime, report.cpuPressure, report.waitingTime]
                for time in [report.cpuTime, report.wallTime, report.setupTime]
                    + others.compactMap(\.self)
                {
                    #expect(time >= .zero, "seed \(seed)")
                }
                let counts = [
                    report.voluntarySwitches, report.involuntarySwitches, report.minorFaults,
                    report.majorFaults,
                ]
                for count in counts.compactMap(\.self) { #expect(count >= 0, "seed \(seed)") }
            }
        }
        #expect(read > 1_000 && refused > 1_000, "seed \(seed)")
    }
}
