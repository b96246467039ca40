import Foundation
import Linux
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("A private network of several runs", .serialized)
struct LanTests {
    /// What a node told: the rest of each line by its first word.
    struct Told {
        let lines: [String]

        subscript(_ key: String) -> [String] {
            lines.filter { $0.hasPrefix(key + " ") }.map { String($0.dropFirst(key.count + 1)) }
        }
    }

    /// Runs `node` on every slot of a crew at one time, each with the same further arguments.
    private func talk(
        _ slots: [any Slot], _ places: [String] = []
    ) async throws -> [Told] {
        let program = try await Programs.shared.executable("node")
        return try await withThrowingTaskGroup(of: (Int, Told).self) { group in
            for (number, slot) in slots.enumerated() {
                group.addTask {
                    try await slot.resetBox(size: .mebibytes(4))
                    try await slot.put(name: "node", bytes: program, executable: true)
                    let request = RunRequest(
                        arguments: ["/box/node", "\(number)", "\(slots.count)"] + places,
                        network: .lan, limits: roomy)
                    let run = try await slot.run(
                        request, input: .empty, stdout: .captured, stderr: .captured)
                    #expect(run.report.exitCode == 0, "\(run.report)")
                    return (number, Told(lines: run.text.split(separator: "\n").map(String.init)))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                .sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func withLan<Value: Sendable>(
        of count: Int, _ body: @Sendable ([any Slot], SandboxSlot) async throws -> Value
    ) async throws -> Value {
        try await withSlot { slot in
            let crew = try await slot.crew(of: count, onLan: true)
            try await slot.connectCrew()
            let value = try await body(crew, slot)
            try await slot.disconnectCrew()
            return value
        }
    }

    @Test("Every node reaches the others by their addresses, and has no route beyond them")
    func everybody() async throws {
        let told = try await withLan(of: 4) { crew, _ in try await talk(crew) }
        #expect(told.count == 4)
        for (number, node) in told.enumerated() {
            let others = (0..<4).filter { $0 != number }.map(String.init)
            #expect(node["answered"] == others)
            // Two headings, loopback and eth0.
            let up = node["dev"].filter { $0.contains("lo:") || $0.contains("eth0:") }
            #expect(up.count == 2)
            // The network of all nodes, without a gateway.
            let routes = node["route"].dropFirst().map { $0.split(separator: "\t") }
            #expect(routes.map { $0.prefix(3) } == [["eth0", "0000000A", "00000000"]])
            #expect(node["if_inet6"].allSatisfy { $0.hasSuffix(" lo") })
        }
    }

    @Test("Nothing else answers: no gateway, no host, no node of another network, no bridge")
    func nothingElse() async throws {
        let listener = try HostListener()
        let places =
            // The nodes are 10.0.0.1 and 10.0.0.2; the other network has a 10.0.0.3, too.
            ["10.0.0.3:7777", "10.0.0.254:22", "10.0.1.1:22", "192.0.2.1:80", "8.8.8.8:53"]
            + listener.addresses.map { "\($0):\(listener.port)" }
        let told = try await withLan(of: 3) { others, _ in
            try await withLan(of: 2) { crew, _ in
                async let beside = talk(others)
                let told = try await talk(crew, places)
                #expect(try await beside.map { $0["answered"].count } == [2, 2, 2])
                return told
            }
        }
        // A machine that is there answers, if only by refusing.
        let silent: Set<String> = ["silence", errorText(ENETUNREACH), errorText(EHOSTUNREACH)]
        for node in told {
            #expect(node["answered"].count == 1)
            for place in places where !place.hasPrefix("127.") {
                let answer = node[place].first ?? "nothing"
                #expect(silent.contains(answer.lowercased()), "\(place): \(answer)")
            }
            // Loopback is the node's own, where nobody listens.
            #expect(node["127.0.0.1:\(listener.port)"] == ["Connection refused"])
        }
        #expect(listener.addresses.contains("127.0.0.1"))
        #expect(listener.acceptedNobody)
    }

    @Test("A run that does not ask for the network has none, in a slot of a crew, too")
    func onlyWhoAsks() async throws {
        let seen = try await withLan(of: 2) { crew, slot in
            var seen: [String] = []
            for slot in crew + [slot] {
                try await slot.resetBox(size: .mebibytes(1))
                let run = try await slot.run(
                    RunRequest(arguments: ["cat", "/proc/self/net/dev"], limits: roomy),
                    input: .empty, stdout: .captured, stderr: .captured)
                seen.append(run.text)
            }
            return seen
        }
        for text in seen {
            #expect(text.contains("lo:") && !text.contains("eth0"), "\(text)")
        }
    }

    @Test("A run that asks for a network where there is none does not start")
    func noSeat() async throws {
        try await withSlot { slot in
            try await slot.resetBox(size: .mebibytes(1))
            await #expect {
                _ = try await slot.run(
                    RunRequest(arguments: ["true"], network: .lan, limits: roomy),
                    input: .empty, stdout: .captured, stderr: .captured)
            } throws: { "\($0)" == "the slot is no node of a LAN" }
        }
    }

    @Test("After the runs neither a process nor a descriptor holds a namespace of the network")
    func gone() async throws {
        let clock = ContinuousClock()
        let before = Namespaces.held()
        let during = try await withLan(of: 3) { crew, slot in
            _ = try await talk(crew)
            // A second network takes the place of the first.
            try await slot.connectCrew()
            let during = Namespaces.held()
            _ = try await talk(crew)
            return during
        }
        #expect(during.subtracting(before).count >= 4, "three nodes and the switch")
        let deadline = clock.now + .seconds(20)
        var left = Namespaces.held().intersection(during.subtracting(before))
        while !left.isEmpty, clock.now < deadline {
            await Task.yield()
            left = Namespaces.held().intersection(during.subtracting(before))
        }
        #expect(left == [])
    }

    @Test(
        "When the network's helper is killed, that shows at the end, and the next network is whole")
    func killed() async throws {
        try await withSlot { slot in
            let crew = try await slot.crew(of: 2, onLan: true)
            try await slot.connectCrew()
            let helper = try #require(try Namespaces.lanHelper())
            #expect(kill(helper, SIGKILL) == 0)
            // Both are alone now, and say so instead of waiting for ever.
            let program = try await Programs.shared.executable("node")
            try await crew[0].resetBox(size: .mebibytes(4))
            try await crew[0].put(name: "node", bytes: program, executable: true)
            var limits = roomy
            limits.wallTime = .seconds(1)
            let alone = try await crew[0].run(
                RunRequest(
                    arguments: ["/box/node", "0", "2"], network: .lan, limits: limits),
                input: .empty, stdout: .captured, stderr: .captured)
            #expect([.idle, .wallTime].contains(alone.report.outcome), "\(alone.report)")
            await #expect(throws: SandboxError.self) { try await slot.disconnectCrew() }
            let next = try await slot.crew(of: 2, onLan: true)
            try await slot.connectCrew()
            #expect(try await talk(next).map { $0["answered"] } == [["1"], ["0"]])
            try await slot.disconnectCrew()
        }
    }

    private static let refusals: [(ImpossibleStepTests.Refusal, Int32)] = [
        (.init(call: "socket", mask: -16, step: "open a socket to rtnetlink"), EPERM),
        (
            .init(
                call: "setns",
                step: Standing.own == .root
                    ? "go back into the network namespace of the LAN's helper"
                    : "join the LAN's user namespace"), EPERM
        ),
        (.init(call: "unshare", mask: 0x1000_0000, step: "make a user namespace"), EPERM),
        (
            .init(
                call: "sendto",
                step: "make a link of kind bridge for the LAN: operation not supported; "
                    + "this kernel has none now; run: sudo modprobe bridge"), EOPNOTSUPP
        ),
    ]

    @Test(
        "Where a step of the network is refused there is none, and the sentence names it",
        arguments: refusals)
    func refused(refusal: ImpossibleStepTests.Refusal, errno: Int32) async throws {
        let path = NSTemporaryDirectory() + "judge-refuse-\(UUID().uuidString)"
        try Data(try await Programs.shared.executable("refuse")).write(to: URL(filePath: path))
        chmod(path, 0o755)
        try "\(refusal.call) \(errno) \(refusal.mask) \(helperPath)\n".write(
            toFile: path + ".conf", atomically: false, encoding: .utf8)
        defer { for end in ["", ".conf"] { unlink(path + end) } }
        await #expect {
            let slot = try await SandboxSlot.open(
                SlotConfiguration(index: 0, helperPath: path))
            do {
                _ = try await slot.crew(of: 2, onLan: true)
                try await slot.connectCrew()
            } catch {
                await slot.close()
                throw error
            }
            await slot.close()
        } throws: { error in
            let text = "\(error)"
            return text.contains(refusal.step) && text.contains("; ")
        }
    }

    @Test("A run has as many channels as it was lent, and their ends are closed when it is over")
    func channels() async throws {
        try await withSlot { slot in
            let (input, output) = (try Descriptor.pipe(), try Descriptor.pipe())
            try writeAll(Array("hello\n".utf8), to: input.write, "a pipe")
            try await slot.resetBox(size: .mebibytes(1))
            let result = try await slot.run(
                RunRequest(
                    arguments: [
                        "sh", "-c",
                        "read word <&3; echo $word again >&4; ls /proc/self/fd | tr '\\n' ' '",
                    ], limits: roomy),
                input: .empty, stdout: .captured, stderr: .captured,
                channels: RunChannels([input.read, output.write]))
            // ls has one more, for the directory.
            #expect(result.text == "0 1 2 3 4 5 ")
            let said = FileHandle(fileDescriptor: output.read).readDataToEndOfFile()
            #expect(String(decoding: said, as: UTF8.self) == "hello again\n")
            close(input.write)
            close(output.read)
        }
    }
}
