import Configuration
import Dispatch
import Glibc
import Logging
import Synchronization
import UnixSignals

/// What a worker is told from outside while it works by one judge.conf after the other: to stop, or to read
/// it anew.
final class WorkerSignals: Sendable {
    private struct State {
        var isStopped = false
        var new: Settings?
        var read: (settings: Settings, at: ContinuousClock.Instant)?
        var served = 0
        var logger: Logger?
        var complained: (cause: String, at: ContinuousClock.Instant)?
        var finish: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let read: @Sendable () throws -> Settings
    /// A terminal that closes sends the same signal as whoever wants the settings to be read.
    private let endsWithTerminal: Bool
    private let begins: AsyncStream<Void>.Continuation

    private init(
        reading read: @escaping @Sendable () throws -> Settings,
        begins: AsyncStream<Void>.Continuation
    ) {
        self.read = read
        self.begins = begins
        let terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY)
        if terminal >= 0 { close(terminal) }
        endsWithTerminal = terminal >= 0 && !isHangUpIgnored
    }

    /// Does `work`, and hears signals meanwhile. SIGTERM and SIGINT, which end the process until a first service
    /// begins, are also for the services to hear: here they only see to it that none is lost between two.
    static func listening(
        reading read: @escaping @Sendable () throws -> Settings,
        _ work: @escaping @Sendable (WorkerSignals) async throws -> Void
    ) async throws {
        let (beginnings, begins) = AsyncStream.makeStream(of: Void.self)
        let signals = WorkerSignals(reading: read, begins: begins)
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                for await signal in hangUps { signals.hear(signal) }
            }
            group.addTask {
                for await _ in beginnings { break }
                guard !Task.isCancelled else { return }
                for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
                    signals.hear(signal)
                }
            }
            try await work(signals)
            group.cancelAll()
        }
    }

    /// Whether the worker was told to stop after its first service had begun.
    var isStopped: Bool { state.withLock(\.isStopped) }

    /// How many services have begun.
    var served: Int { state.withLock(\.served) }

    /// Whether no service follows the one that ends.
    var isLast: Bool { state.withLock { $0.isStopped || $0.new == nil } }

    /// A service begins, which `finish` lets end when it has judged what it has.
    func serves(_ logger: Logger, finish: @escaping @Sendable () -> Void) {
        let isAsked = state.withLock { state in
            state.served += 1
            state.logger = logger
            state.finish = finish
            return state.isStopped || state.new != nil
        }
        begins.yield()
        if isAsked { finish() }
    }

    /// The settings to go on with; nil: the worker ends.
    func takeSettings() -> Settings? {
        state.withLock { state in
            state.finish = nil
            guard !state.isStopped else { return nil }
            return state.new.take()
        }
    }

    private func hear(_ signal: UnixSignal) {
        guard signal == .sighup else {
            let finish = state.withLock { state in
                state.isStopped = true
                return state.finish
            }
            finish?()
            return
        }
        guard !endsWithTerminal else {
            kill(getpid(), SIGTERM)
            return
        }
        let settings: Settings
        do {
            settings = try read()
        } catch {
            complain(CommandFailure(error)?.text ?? "\(error)")
            return
        }
        let (isNew, logger, finish) = state.withLock { state in
            let now = ContinuousClock.now
            // One signal may be heard twice, see below.
            if let read = state.read, read.settings == settings, now - read.at < .seconds(1) {
                return (false, state.logger, state.finish)
            }
            state.read = (settings, now)
            state.new = settings
            return (true, state.logger, state.finish)
        }
        guard isNew else { return }
        logger?.notice("settings were read anew: the worker goes on by them")
        ServiceManager()?.tell(
            "RELOADING=1\nMONOTONIC_USEC=\(DispatchTime.now().uptimeNanoseconds / 1_000)")
        finish?()
    }

    /// One signal may be heard twice: the kernel gives it to a thread that takes signals as well as to the library's
    /// descriptor.
    private func complain(_ cause: String) {
        let (logger, isNew) = state.withLock { state in
            let now = ContinuousClock.now
            let isNew = state.complained.map { $0.cause != cause || now - $0.at > .seconds(1) }
            state.complained = (cause, now)
            return (state.logger, isNew ?? true)
        }
        guard isNew else { return }
        guard let logger else {
            StandardStreams.complain("\(cause); the settings from before stay")
            return
        }
        logger.error(
            "settings were not read anew: those from before stay", metadata: ["cause": "\(cause)"])
    }
}
