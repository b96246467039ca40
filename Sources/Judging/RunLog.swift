import Sandboxing
import Synchronization
import Units

/// All runs of one judging that passes through recording slots, and what was said in them.
///
/// It holds at most `room` bytes of runs, and as many of conversations: of more, what came first is
/// forgotten.
final class RunLog: JudgingMeter {
    /// Outputs in memory at one time.
    static let room = 256 << 20
    /// Of one conversation. As text, a line for each that is said, it is some times as much.
    private static let talkRoom = ByteCount.mebibytes(16)

    private struct State {
        /// Of the compiler, or of what was prepared before the test.
        var before: RecordedRun?
        var isInTest = false
        var programs: [RecordedRun] = []
        var checks: [RecordedRun] = []
        var talks: [ConversationRecord?] = []
        var size = 0
        var talkSize = 0
    }

    private let state = Mutex(State())
    private let room: Int

    init(room: Int = RunLog.room) {
        self.room = room
    }

    /// The compiler's run, where no program ran in a test.
    var beforeTest: RecordedRun? { state.withLock { $0.before } }
    /// Runs of the submission in the test, in order of passes and then of programs.
    var programs: [RecordedRun] {
        state.withLock { $0.programs }.sorted { ($0.pass, $0.program) < ($1.pass, $1.program) }
    }
    /// Runs of checkers, validators and interactors in the test.
    var checks: [RecordedRun] { state.withLock { $0.checks } }
    /// One for each pass; nil for what was forgotten.
    var talks: [ConversationRecord?] { state.withLock { $0.talks } }

    /// What ran before was not of the test.
    func beginTest() {
        state.withLock { $0.isInTest = true }
    }

    /// - Parameter program: nil where it is none of the submission.
    func add(_ run: RecordedRun, program: Int?) {
        var run = run
        state.withLock { state in
            guard state.isInTest else {
                if program != nil { state.before = run }
                return
            }
            state.size += run.size
            if let program {
                run.program = program
                run.pass = 1 + state.programs.count { $0.program == program }
                state.programs.append(run)
            } else {
                state.checks.append(run)
            }
            Self.forget(&state.programs, &state.size, room)
            Self.forget(&state.checks, &state.size, room)
        }
    }

    /// The newest run is kept, whatever its size: its own limits bound it.
    private static func forget(_ runs: inout [RecordedRun], _ size: inout Int, _ room: Int) {
        for index in runs.indices.dropLast() where size > room && runs[index].isWhole {
            size -= runs[index].size
            runs[index].forget()
            size += runs[index].size
        }
    }

    func compiled(took: Duration) {}

    func ran(setup: Duration, oomKills: Int, took: Duration) {}

    func checked(took: Duration) {}

    func talked(_ record: ConversationRecord) {
        state.withLock { state in
            state.talks.append(record)
            state.talkSize += record.size
            // As of runs: the last pass is what matters most.
            for index in state.talks.indices.dropLast() where state.talkSize > room {
                state.talkSize -= state.talks[index]?.size ?? 0
                state.talks[index] = nil
            }
        }
    }

    var recordKept: ByteCount? { Self.talkRoom }
}

extension ConversationRecord {
    fileprivate var size: Int {
        (head + tail).reduce(0) { $0 + $1.bytes.count }
    }
}
