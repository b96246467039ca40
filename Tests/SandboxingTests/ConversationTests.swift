import Foundation
import SandboxProtocol
import Sandboxing
import Testing
import Units

@Suite("Conversations", .serialized)
struct ConversationTests {
    /// Whether the kernel says what threads wait for: not everyone has it, and not of a lent user's.
    private static let saysCalls =
        FileManager.default.fileExists(atPath: "/proc/self/syscall") && Standing.own != .ownIdentity

    private static func rules(
        programTime: Duration = .seconds(60), interactorTime: Duration = .seconds(60),
        kept: ByteCount = .kibibytes(16)
    ) -> Conversation.Rules {
        Conversation.Rules(
            programTime: programTime, interactorTime: interactorTime, recordKept: kept,
            isSettled: { report, _ in report.exitCode != 42 })
    }

    private static func shell(_ line: String) -> RunRequest {
        var limits = roomy
        limits.wallTime = .seconds(120)
        return RunRequest(
            arguments: ["/bin/sh", "-c", line], environment: ["PATH=/usr/bin:/bin"],
            limits: limits)
    }

    /// One program and one interactor, each a line of shell.
    private static func talk(
        _ program: String, _ interactor: String, rules: Conversation.Rules = rules()
    ) async throws -> ConversationResult {
        try await withSlot { slot in
            let companion = try await slot.companion()
            try await slot.resetBox(size: .mebibytes(1))
            try await companion.resetBox(size: .mebibytes(1))
            return try await Conversation(
                programs: [ConversationParty(slot: slot, request: shell(program))],
                interactor: ConversationParty(slot: companion, request: shell(interactor)),
                at: .standardStreams, rules: rules
            ).hold()
        }
    }

    @Test("What one writes the other reads, and the record has all of it in order")
    func record() async throws {
        let result = try await Self.talk(
            "read a; echo \"got $a\"; read b; exit 7",
            "echo first; read x; echo \"$x\" >&2; echo last; exit 42")
        #expect(result.programs.count == 1)
        #expect(result.programs[0].run.report.exitCode == 7)
        #expect(result.interactor.run.report.exitCode == 42)
        #expect(result.interactor.run.errors == "got first\n")
        let said = (result.record.head + result.record.tail).filter { !$0.isEnd }.map {
            ($0.isFromInteractor ? "i: " : "p: ") + String(decoding: $0.bytes, as: UTF8.self)
        }
        #expect(said == ["i: first\n", "p: got first\n", "i: last\n"])
        #expect(result.record.isWhole)
        let ends = (result.record.head + result.record.tail).filter(\.isEnd)
        #expect(Set(ends.map(\.isFromInteractor)) == [true, false])
    }

    @Test("Every run says when it started and ended, on one clock")
    func clock() async throws {
        let result = try await Self.talk("read a; exit 0", "echo go; read x; exit 42")
        let program = result.programs[0].run.report
        let interactor = result.interactor.run.report
        let instants = try [
            #require(program.startedAt), #require(program.endedAt),
            #require(interactor.startedAt), #require(interactor.endedAt),
        ]
        #expect(instants[0] < instants[1] && instants[2] < instants[3])
        // The interactor reads until the program ends.
        #expect(instants[2] < instants[1])
    }

    @Test("Several programs talk to one interactor over its channels")
    func channels() async throws {
        let result = try await withSlot { slot in
            let crew = try await slot.crew(of: 2, onLan: false)
            let companion = try await slot.companion()
            for slot in crew + [companion] { try await slot.resetBox(size: .mebibytes(1)) }
            return try await Conversation(
                programs: [
                    ConversationParty(slot: crew[0], request: Self.shell("read a; echo \"A$a\"")),
                    ConversationParty(
                        slot: crew[1], request: Self.shell("read a; echo \"B$a\"; exit 5")),
                ],
                interactor: ConversationParty(
                    slot: companion,
                    request: Self.shell(
                        "echo one >&4; read a <&3; echo $a >&6; read b <&5; "
                            + "read c <&3 || read d <&5 || echo \"$b\"; exit 42")),
                at: .channels, rules: Self.rules()
            ).hold()
        }
        #expect(result.interactor.run.text == "BAone\n", "\(result.interactor.run.errors)")
        #expect(result.programs.map { $0.run.report.exitCode } == [0, 5])
        #expect(result.programs.map(\.wasTold) == [true, true])
    }

    @Test(
        "Who wait for each other are found out long before any limit",
        .enabled(if: saysCalls, "here the kernel does not tell the judge what threads wait for"),
        arguments: ["read a", "cat > /dev/null", "sleep 0.1; read a", "python3 -c 'input()'"])
    func stall(program: String) async throws {
        let result = try await Self.talk(program, "read x; exit 43")
        #expect(result.programs[0].stop == .stalled)
        #expect(result.programs[0].run.report.signal == SIGKILL)
        #expect(result.programs[0].wasTold)
        #expect(result.interactor.stop == nil)
        #expect(result.interactor.run.report.exitCode == 43)
    }

    @Test("Who sleep are not taken to wait for each other")
    func sleepers() async throws {
        let result = try await Self.talk(
            "sleep 0.4; echo a; read b; sleep 0.4; exit 0", "read x; sleep 0.4; echo y; exit 42")
        #expect(result.programs[0].stop == nil)
        #expect(result.programs[0].run.report.exitCode == 0)
        #expect(result.interactor.run.report.exitCode == 42)
    }

    /// A program that waits at a socket, for what is said, while its interactor waits for it.
    private static func wait(for what: String) async throws -> ConversationResult {
        let program = try await Programs.shared.executable("waits")
        return try await withSlot { slot in
            let companion = try await slot.companion()
            try await slot.resetBox(size: .mebibytes(4))
            try await companion.resetBox(size: .mebibytes(1))
            try await slot.put(name: "waits", bytes: program, executable: true)
            var request = shell("")
            request.arguments = ["/box/waits", what]
            return try await Conversation(
                programs: [ConversationParty(slot: slot, request: request)],
                interactor: ConversationParty(
                    slot: companion, request: shell("read x; echo $x >&2; exit 42")),
                at: .standardStreams, rules: rules()
            ).hold()
        }
    }

    @Test(
        "Waiting at a socket is no deadlock while a time limit or the network may end it",
        arguments: ["limit", "exchange"])
    func sockets(what: String) async throws {
        let result = try await Self.wait(for: what)
        #expect(result.programs[0].stop == nil)
        #expect(result.programs[0].run.report.exitCode == 0)
        #expect(result.interactor.run.errors == "done\n")
    }

    @Test(
        "Waiting at a socket that nobody writes to is found out as any other waiting",
        .enabled(if: saysCalls, "here the kernel does not tell the judge what threads wait for"))
    func deafSocket() async throws {
        let result = try await Self.wait(for: "ever")
        #expect(result.programs[0].stop == .stalled)
    }

    @Test("A program that takes too long by the clock is stopped, and its interactor goes on")
    func late() async throws {
        let result = try await Self.talk(
            "sleep 1000", "read x; exit 43", rules: Self.rules(programTime: .milliseconds(100)))
        // On a slow machine it begins in the second half of its time.
        #expect([.late, .idle].contains(result.programs[0].stop))
        #expect(result.interactor.run.report.exitCode == 43)
    }

    @Test("One that works until its time by the clock is over has not only waited")
    func working() async throws {
        let result = try await Self.talk(
            "while :; do :; done", "read x; exit 43",
            rules: Self.rules(programTime: .seconds(2)))
        #expect(result.programs[0].stop == .late)
    }

    @Test("An interactor that does not end after the programs is stopped")
    func hangingInteractor() async throws {
        let result = try await Self.talk(
            "exit 0", "sleep 1000", rules: Self.rules(interactorTime: .milliseconds(100)))
        #expect(result.interactor.stop == .late)
        #expect(result.interactor.run.report.signal == SIGKILL)
    }

    @Test("When nothing can count any more, programs are stopped")
    func settled() async throws {
        let result = try await Self.talk("while :; do :; done", "exit 43")
        #expect(result.programs[0].stop == .settled)
        #expect(!result.programs[0].wasTold)
        #expect(result.interactor.run.report.exitCode == 43)
    }

    @Test("An interactor that decides without waiting for the end is not told of it before")
    func untold() async throws {
        let burn = "python3 -c 'while __import__(\"time\").process_time() < 0.2: pass'"
        let result = try await Self.talk("echo a; exit 9", "read x; \(burn); exit 43")
        #expect(!result.programs[0].wasTold)
        #expect(result.programs[0].run.report.exitCode == 9)
    }

    @Test("A record keeps the beginning and the end within its size")
    func longRecord() async throws {
        let result = try await Self.talk(
            "i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i + 1)); done",
            "cat > /dev/null; exit 42", rules: Self.rules(kept: .kibibytes(2)))
        let record = result.record
        #expect(!record.isWhole && record.leftOut > 8_000)
        let size = (record.head + record.tail).reduce(0) { $0 + $1.bytes.count }
        #expect(size <= 2_048)
        #expect(
            record.head.first.map { String(decoding: $0.bytes.prefix(2), as: UTF8.self) } == "0\n")
        #expect(record.tail.contains { $0.isEnd })
    }

    @Test("A slot that cannot run ends the conversation of all")
    func brokenSlot() async throws {
        try await withSlot { slot in
            let companion = try await slot.companion()
            try await slot.resetBox(size: .mebibytes(1))
            var request = Self.shell("read a")
            request.arguments = [String](
                repeating: String(repeating: "x", count: 1_000), count: 900)
            let fixed = request
            await #expect(throws: SandboxError.self) {
                try await Conversation(
                    programs: [ConversationParty(slot: slot, request: fixed)],
                    interactor: ConversationParty(slot: companion, request: Self.shell("read a")),
                    at: .standardStreams, rules: Self.rules()
                ).hold()
            }
        }
    }

    @Test("Cancelling ends all who talk")
    func cancelled() async throws {
        try await withSlot { slot in
            let companion = try await slot.companion()
            for slot in [slot, companion] as [any Slot] {
                try await slot.resetBox(size: .mebibytes(1))
            }
            let announcement = try Announcement()
            let conversation = Conversation(
                programs: [ConversationParty(slot: slot, request: Self.shell("sleep 1000"))],
                interactor: ConversationParty(slot: companion, request: Self.shell("sleep 1000")),
                at: .standardStreams, rules: Self.rules())
            let task = Task { () -> Bool in
                announcement.close()
                do {
                    _ = try await conversation.hold()
                    return false
                } catch {
                    return true
                }
            }
            _ = await announcement.wait()
            task.cancel()
            #expect(await task.value)
        }
    }
}
