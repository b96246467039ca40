import Foundation
import JudgeCore
import Judging
import Problems
import SandboxProtocol
import Sandboxing
import Synchronization
import Testing
import Units
import Worker

@Suite("The machine under a worker")
struct MachineWatchTests {
    /// A file that toolchains are known by, and who looks at it.
    private final class Toolchain: Sendable {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "judge-toolchain-\(UUID().uuidString)").path(percentEncoded: false)
        let looks = Mutex<[ObjectIdentifier]>([])
        let helperIsTheSame = Mutex(true)

        init() throws { try write("one") }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

        /// The kernel's place in the record tells which look it was.
        func found(_ look: Int) -> CompileSurroundings {
            CompileSurroundings(
                machine: Machine(kernel: "\(look)"), system: nil, files: FileMarks([path]))
        }

        func watch() -> MachineWatch {
            MachineWatch(
                KnownSurroundings(found(0)),
                helperIsTheSame: { self.helperIsTheSame.withLock { $0 } },
                look: { slot in
                    let count = self.looks.withLock { looks in
                        looks.append(ObjectIdentifier(slot))
                        return looks.count
                    }
                    return self.found(count)
                })
        }
    }

    @Test(
        "After a change one slot looks, and each is opened anew once, where its next judging begins"
    )
    func changed() async throws {
        let toolchain = try Toolchain()
        let watch = toolchain.watch()
        let slots = [OpenedSlot(), OpenedSlot()]
        func kernel(_ number: Int) async throws -> String? {
            try await watch.facts(for: slots[number], number: number).machine.kernel
        }
        func opened() async -> [Int] { [await slots[0].reopened, await slots[1].reopened] }

        #expect(try await kernel(0) == "0")
        #expect(try await kernel(1) == "0")
        #expect(await opened() == [0, 0])
        try toolchain.write("another")
        #expect(try await kernel(1) == "1")
        #expect(await opened() == [0, 1])
        #expect(try await kernel(0) == "1")
        #expect(try await kernel(1) == "1")
        #expect(try await kernel(0) == "1")
        #expect(await opened() == [1, 1])
        #expect(toolchain.looks.withLock { $0 } == [ObjectIdentifier(slots[1])])
        try FileManager.default.removeItem(atPath: toolchain.path)
        #expect(try await kernel(1) == "2")
        #expect(await opened() == [1, 2])
    }

    @Test(
        "When another looks while a slot is opened anew, it is opened once more, and sees what is told"
    )
    func lookedMeanwhile() async throws {
        let toolchain = try Toolchain()
        let known = KnownSurroundings(toolchain.found(0))
        let watch = MachineWatch(
            known, helperIsTheSame: { true }, look: { _ in toolchain.found(9) })
        known.renew(toolchain.found(1))
        let slot = OpenedSlot { count in if count == 1 { known.renew(toolchain.found(2)) } }
        let (machine, look) = try await watch.facts(for: slot, number: 0)
        #expect(machine.kernel == "2" && look == 2)
        #expect(await slot.reopened == 2)
    }

    @Test("A slot that is to be lent is opened anew without a look")
    func lent() async throws {
        let toolchain = try Toolchain()
        let watch = toolchain.watch()
        let slots = [OpenedSlot(), OpenedSlot()]
        try toolchain.write("another")
        #expect(watch.isCurrent(1))
        _ = try await watch.facts(for: slots[0], number: 0)
        #expect(watch.isCurrent(0) && !watch.isCurrent(1))
        for _ in 1...2 {
            try await watch.renew(slots[1], number: 1)
            #expect(watch.isCurrent(1))
        }
        #expect(await slots[1].reopened == 1)
        #expect(toolchain.looks.withLock(\.count) == 1)
    }

    @Test("While there is another helper than the worker started with, slots keep theirs")
    func otherHelper() async throws {
        let toolchain = try Toolchain()
        let watch = toolchain.watch()
        let slot = OpenedSlot()
        toolchain.helperIsTheSame.withLock { $0 = false }
        try toolchain.write("another")
        #expect(try await watch.facts(for: slot, number: 0).machine.kernel == "1")
        #expect(await slot.reopened == 0)
    }

    @Test("A slot that cannot be opened anew fails the attempt, and the next tries again")
    func refused() async throws {
        let toolchain = try Toolchain()
        let watch = toolchain.watch()
        let slot = OpenedSlot()
        await slot.refuse(true)
        try toolchain.write("another")
        await #expect(throws: JudgingError.machine("no helper")) {
            _ = try await watch.facts(for: slot, number: 0)
        }
        await slot.refuse(false)
        #expect(try await watch.facts(for: slot, number: 0).machine.kernel == "1")
        #expect(await slot.reopened == 1)
    }

    @Test("A look that was interrupted is none")
    func interrupted() async throws {
        let toolchain = try Toolchain()
        let watch = toolchain.watch()
        let slot = OpenedSlot()
        try toolchain.write("another")
        let judging = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await watch.facts(for: slot, number: 0).look
        }
        await #expect(throws: JudgingError.cancelled) { _ = try await judging.value }
        #expect(try await watch.facts(for: slot, number: 0).machine.kernel == "2")
    }
}

/// A slot in which nothing runs.
private actor OpenedSlot: Slot {
    private(set) var reopened = 0
    private var refuses = false
    private let whenReopened: @Sendable (Int) -> Void

    /// - Parameter whenReopened: called with how often that has been.
    init(whenReopened: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.whenReopened = whenReopened
    }

    func refuse(_ refuses: Bool) { self.refuses = refuses }

    func reopen() throws(SandboxError) {
        if refuses { throw SandboxError("no helper") }
        reopened += 1
        whenReopened(reopened)
    }

    func resetBox(size: ByteCount) {}
    func resetFolder(name: String, size: ByteCount, writable: Bool) {}
    func measureFolder(name: String) -> ByteCount { .zero }
    func put(name: String, bytes: [UInt8], executable: Bool) {}
    func put(name: String, file path: String) {}
    func drop(name: String) {}
    func watch() throws(SandboxError) -> RunWatch { throw SandboxError("nothing runs here") }
    func companion() -> any Slot { self }
    func crew(of count: Int, onLan: Bool) -> [any Slot] { [] }
    func connectCrew() {}
    func disconnectCrew() {}
    func take(name: String, atMost limit: ByteCount) -> [UInt8]? { nil }
    func close() {}

    func run(
        _ request: RunRequest, input: RunInput, stdout: RunOutput, stderr: RunOutput,
        channels: RunChannels
    ) async throws(SandboxError) -> RunResult {
        throw SandboxError("nothing runs here")
    }
}
