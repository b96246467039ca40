import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Helper and worker that are told nonsense", .serialized)
struct ProtocolFuzzTests {
    /// Another number looks elsewhere.
    private static let seed: UInt64 = 2026

    private static let plainRun: RunRequest = {
        var limits = roomy
        limits.wallTime = .seconds(2)
        return RunRequest(arguments: ["/bin/true"], workingDirectory: "/tmp", limits: limits)
    }()

    private static let good: [HelperRequest] = [
        .setUp(HelperSetup(standing: .root, identity: 20_000, cpu: nil, cgroup: .v2)),
        .resetBox(size: .mebibytes(1)), .put(name: "a", executable: false),
        .put(name: "../out", executable: true), .put(name: "/etc/out", executable: true),
        .put(name: "folder/../../out", executable: true), .take(name: "a"),
        .take(name: "../etc/passwd"), .take(name: "folder/x"), .run(plainRun), .run(plainRun),
        .cancel,
        .resetFolder(name: "folder", size: .mebibytes(1), writable: true),
        .resetFolder(name: "..", size: .mebibytes(1), writable: true),
        .measureFolder(name: "folder"), .makeLan(nodes: 2),
        .run(
            RunRequest(arguments: ["/bin/true"], channels: 2, limits: plainRun.limits)),
    ]

    private static func nonsense(using random: inout Sequence) -> [UInt8] {
        switch random.below(12) {
        case 0: return (0..<1 + random.below(300)).map { _ in UInt8(random.below(256)) }
        case 1: return [UInt8](repeating: 4, count: 131_073 + random.below(20_000))
        case 2: return good[random.below(good.count)].encoded()
        case 3: return HelperRequest.run(plainRun).encoded()
        default: break
        }
        var bytes = good[random.below(good.count)].encoded()
        for _ in 0...random.below(3) {
            let place = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes[place] = [0, 1, 0x7f, 0x80, 0xff][random.below(5)]
            case 1: bytes[place] ^= 1 << UInt8(random.below(8))
            case 2: bytes.insert(UInt8(random.below(256)), at: place)
            default: bytes.removeSubrange(max(1, place)...)
            }
        }
        return bytes
    }

    @Test(
        "Thousands of broken packets leave a helper as it was, one answer for each",
        .timeLimit(.minutes(5)))
    func helper() throws {
        let outside = NSTemporaryDirectory() + "judge-outside-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: outside, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: outside) }
        let helper = try RawHelper(writable: [outside, "/data"])
        let pool = try DescriptorPool()
        var random = Sequence(seed: Self.seed)
        let count = isUserModeLinux ? 1_000 : 6_000
        var (reports, refusals) = (0, 0)
        var warm: RawHelper.State?
        let tree = try helper.tree()
        for number in 0..<count {
            let bytes = Self.nonsense(using: &random)
            // Mostly as many as the request needs, so that not all are refused for that alone.
            let needed = bytes.first == 4 ? 3 : 1
            let several = random.below(4) == 0 ? random.below(60) : needed
            let descriptors = (0..<several).map { _ in
                pool.numbers[random.below(pool.numbers.count)]
            }
            try helper.send(bytes, descriptors)
            if (try? HelperRequest(decoding: bytes)) != .cancel
                || descriptors.count > Packets.maximumDescriptors
            {
                let answer = try #require(
                    try helper.answer(), "seed \(Self.seed), packet \(number): \(bytes.prefix(99))")
                let reply = try HelperReply(decoding: answer)
                if case .report = reply { reports += 1 }
                if case .failed = reply { refusals += 1 }
            }
            if number % 100 == 99 {
                // A reply too many or too few would show here.
                try helper.send(HelperRequest.resetBox(size: .mebibytes(1)).encoded(), [])
                #expect(try helper.answer() == HelperReply.done.encoded())
                if warm == nil && number >= count / 4 { warm = try helper.state() }
            }
        }
        #expect(reports > count / 100 && refusals > count / 4, "\(reports) \(refusals)")
        let (early, late) = (try #require(warm), try helper.state())
        #expect(late.descriptors == early.descriptors, "seed \(Self.seed)")
        #expect(late.memory - early.memory < 1_024, "\(early) \(late)")
        #expect(try helper.tree() == tree)
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == [])
    }

    @Test("A first packet that is no set-up is refused", arguments: 0..<20)
    func noSetUp(number: Int) throws {
        let helper = try RawHelper(started: false)
        var random = Sequence(seed: Self.seed + UInt64(number))
        var bytes = Self.nonsense(using: &random)
        if bytes.first == 1 { bytes[0] = 9 }
        try helper.send(bytes, [])
        let answer = try helper.answer()
        let reply = try answer.map { try HelperReply(decoding: $0) }
        // What does not even fit a packet is refused by ending.
        guard let reply else { return #expect(bytes.count > Packets.maximum) }
        #expect(
            reply == .failed("the worker did not begin with the set-up it was to send"))
    }

    @Test(
        "A worker whose helper lies gets errors, and loses no descriptor", .timeLimit(.minutes(5)))
    func liar() async throws {
        let path = NSTemporaryDirectory() + "judge-liar-\(UUID().uuidString)"
        try Data(try await Programs.shared.executable("liar")).write(to: URL(filePath: path))
        chmod(path, 0o755)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let slot = try await SandboxSlot.open(SlotConfiguration(index: 0, helperPath: path))
        let request = RunRequest(arguments: ["/bin/true"], limits: roomy)
        var errors = 0
        var early = 0
        for number in 0..<400 {
            do {
                try await slot.resetBox(size: .mebibytes(1))
                if number == 100 { early = try openDescriptors() }
                try await slot.put(name: "a", bytes: [1], executable: false)
                _ = try await slot.take(name: "a", atMost: .mebibytes(1))
                _ = try await slot.run(
                    request, input: .empty, stdout: .captured, stderr: .captured)
            } catch is SandboxError {
                errors += 1
            }
        }
        #expect(errors > 100)
        if early == 0 { early = try openDescriptors() }
        #expect(abs(try openDescriptors() - early) <= 4)
        await slot.close()
    }

    private func openDescriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
}

/// Numbers that depend on the seed alone.
struct Sequence {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 2 + 1 }

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }
}

/// Descriptors of many kinds, some of them good for nothing here.
private final class DescriptorPool {
    let numbers: [Int32]
    private let pipe = Pipe()

    init() throws {
        var ends: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let memory = try Descriptor.memory("pool")
        numbers =
            [
                open("/dev/null", O_RDWR | O_CLOEXEC), open("/", O_RDONLY | O_CLOEXEC),
                open("/dev/zero", O_RDONLY | O_CLOEXEC), open("/etc/passwd", O_RDONLY | O_CLOEXEC),
                memory.release(), pipe.fileHandleForReading.fileDescriptor,
                pipe.fileHandleForWriting.fileDescriptor,
            ] + ends
    }

    deinit { for number in numbers.dropLast(4) + numbers.suffix(2) { close(number) } }
}
