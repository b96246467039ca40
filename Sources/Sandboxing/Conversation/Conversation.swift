// Theory of operation. Programs and an interactor run at one time, each in a slot of its own, and what
// one writes the other reads. Between them stands one thread of the judge that owns both ends of
// every pipe: nobody meets a broken pipe because another ended first, every byte is seen once, and who
// waits for whom is known.
//
// Whose fault an ending is must not depend on who got the processor first. So the end of what a
// program says is told to the interactor only when the interactor is waiting for it: one that ends
// before it was told has decided by what was said, and one that was told may have decided by the
// program's end. That is a fact of what happened, not of when.

import Glibc
import Linux
package import SandboxProtocol
package import Units

/// Where one of those who take part in a conversation runs, and what.
package struct ConversationParty: Sendable {
    package var slot: any Slot
    package var request: RunRequest

    package init(slot: any Slot, request: RunRequest) {
        self.slot = slot
        self.request = request
    }
}

/// Why a run was ended by the conversation and not by its own limits.
package enum ConversationStop: Sendable, Equatable {
    /// The interactor had ended, and nothing could count any more.
    case settled
    /// All who were left waited for each other, or for nobody.
    case stalled
    /// It took too long by the clock.
    case late
    /// It took too long by the clock, and only waited in the second half of its time.
    case idle
}

/// What became of one of those who took part.
package struct ConversationEnding: Sendable {
    package var run: RunResult
    /// nil when it ended by itself or by its own limits.
    package var stop: ConversationStop?
    /// Of a program: whether the interactor was told, before it ended, that the program says nothing
    /// more. One that was not told has not decided because of it.
    package var wasTold: Bool

    package init(run: RunResult, stop: ConversationStop? = nil, wasTold: Bool = false) {
        self.run = run
        self.stop = stop
        self.wasTold = wasTold
    }
}

/// All that happened: facts, never a verdict.
package struct ConversationResult: Sendable {
    package var interactor: ConversationEnding
    package var programs: [ConversationEnding]
    package var record: ConversationRecord
}

/// Programs and an interactor that talk, over standard streams or over channels.
package struct Conversation: Sendable {
    /// Where the interactor has its ends. Programs have theirs at standard input and output.
    package enum Places: Sendable {
        /// At standard input and output; there is one program.
        case standardStreams
        /// At channels: 3 reads from the first program, 4 writes to it, 5 and 6 are the second's, ….
        case channels
    }

    /// When it is over.
    package struct Rules: Sendable {
        /// Asked with the interactor's report and whether it had been told of the end of a program:
        /// whether whatever programs still do counts for nothing, so that they are ended.
        package var isSettled: @Sendable (_ report: RunReport, _ wasTold: Bool) -> Bool
        /// What a program may take by the clock, beyond what the interactor computes meanwhile.
        package var programTime: Duration
        /// What the interactor may take by the clock when the last program has ended.
        package var interactorTime: Duration
        /// Of what was said, head and tail together.
        package var recordKept: ByteCount

        package init(
            programTime: Duration, interactorTime: Duration, recordKept: ByteCount,
            isSettled: @escaping @Sendable (_ report: RunReport, _ wasTold: Bool) -> Bool
        ) {
            self.programTime = programTime
            self.interactorTime = interactorTime
            self.recordKept = recordKept
            self.isSettled = isSettled
        }
    }

    let programs: [ConversationParty]
    let interactor: ConversationParty
    let places: Places
    let rules: Rules

    /// - Parameters:
    ///   - programs: at least one; exactly one where the interactor has it at its standard streams.
    ///     What they write to standard error is captured, as the interactor's is.
    package init(
        programs: [ConversationParty], interactor: ConversationParty, at places: Places,
        rules: Rules
    ) {
        self.programs = programs
        self.interactor = interactor
        self.places = places
        self.rules = rules
    }

    /// Runs all to their ends.
    ///
    /// - Throws: when one could not be run, or the task was cancelled; then all have been ended.
    package func hold() async throws(SandboxError) -> ConversationResult {
        guard !programs.isEmpty, places == .channels || programs.count == 1 else {
            throw SandboxError("an interactor cannot talk to \(programs.count) programs so")
        }
        var watches: [RunWatch] = []
        for party in programs + [interactor] { watches.append(try await party.slot.watch()) }
        let pipes: ConversationPipes
        let relay: ConversationRelay
        do throws(KernelError) {
            pipes = try ConversationPipes(programs: programs.count, places)
            relay = try ConversationRelay(links: pipes.takeLinks(), watches: watches, rules: rules)
        } catch {
            throw SandboxError("cannot \(error)")
        }
        await withTaskGroup(of: Void.self) { group in
            for index in 0...programs.count {
                group.addTask { await run(index, pipes, relay) }
            }
            group.addTask { await relay.work() }
        }
        return try relay.result()
    }

    /// One run from request to report, which the relay waits for.
    private func run(
        _ index: Int, _ pipes: ConversationPipes, _ relay: ConversationRelay
    ) async {
        let party = index < programs.count ? programs[index] : interactor
        let ends = pipes.ends[index]
        let result: Result<RunResult, SandboxError>
        do throws(SandboxError) {
            let run = try await party.slot.run(
                party.request, input: ends.input, stdout: ends.output, stderr: .captured,
                channels: ends.channels)
            result = .success(run)
        } catch {
            result = .failure(error)
        }
        relay.ended(index, result)
    }
}

/// The pipes of a conversation, made before it begins.
final class ConversationPipes: Sendable {
    /// What one run gets.
    struct Ends: Sendable {
        var input: RunInput
        var output: RunOutput
        var channels = RunChannels([])
    }

    /// Of the programs, and of the interactor last.
    let ends: [Ends]
    private let far: [Far]

    /// The judge's own ends of one direction.
    private struct Far {
        var program: Int
        var isFromInteractor: Bool
        var source: Int32
        var target: Int32
    }

    init(programs: Int, _ places: Conversation.Places) throws(KernelError) {
        var opened: [Int32] = []
        func pipe() throws(KernelError) -> (read: Int32, write: Int32) {
            let ends = try Descriptor.pipe()
            opened += [ends.read, ends.write]
            return ends
        }
        do throws(KernelError) {
            var ends: [Ends] = []
            var far: [Far] = []
            var channels: [Int32] = []
            for program in 0..<programs {
                let (said, heard) = (try pipe(), try pipe())
                let (asked, told) = (try pipe(), try pipe())
                // Helpers and the relay never wait in a call; the programs' own ends do.
                for end in [said.write, said.read, heard.write, asked.read, told.write] {
                    try makeNonBlocking(end)
                }
                ends.append(
                    Ends(
                        input: .pipe(RunChannels([heard.read])),
                        output: .pipe(RunChannels([said.write]))))
                far.append(
                    Far(
                        program: program, isFromInteractor: false, source: said.read,
                        target: told.write))
                far.append(
                    Far(
                        program: program, isFromInteractor: true, source: asked.read,
                        target: heard.write))
                channels += [told.read, asked.write]
            }
            switch places {
            case .standardStreams:
                try makeNonBlocking(channels[1])
                ends.append(
                    Ends(
                        input: .pipe(RunChannels([channels[0]])),
                        output: .pipe(RunChannels([channels[1]]))))
            case .channels:
                ends.append(
                    Ends(input: .empty, output: .captured, channels: RunChannels(channels)))
            }
            self.ends = ends
            self.far = far
        } catch {
            for end in opened { _ = Glibc.close(end) }
            throw error
        }
    }

    /// The judge's own ends, to be taken once.
    func takeLinks() -> [ConversationLink] {
        far.map {
            ConversationLink(
                program: $0.program, isFromInteractor: $0.isFromInteractor, source: $0.source,
                target: $0.target)
        }
    }
}
