import Glibc
import Linux
import SandboxProtocol
import Synchronization
import Units

/// The thread that stands between those who talk, and ends their runs when it is time.
///
/// `@unchecked Sendable`: everything but `mail`, which has a lock, is touched by the relay's own thread
/// alone while that lives, and read by its owner after.
final class ConversationRelay: @unchecked Sendable {
    private struct Mail {
        var results: [Result<RunResult, SandboxError>?]
        var instants: [Int64]
    }

    private let links: [ConversationLink]
    private let watches: [RunWatch]
    private let rules: Conversation.Rules
    private let mail: Mutex<Mail>
    private let bell: (read: Int32, write: Int32)

    private let startedAt = monotonicNanoseconds()
    private var results: [Result<RunResult, SandboxError>?]
    private var stops: [ConversationStop?]
    /// Runs that shall end, whether for a reason of the conversation or because another could not be run.
    private var isStopped: [Bool]
    private var wasTold: [Bool]
    private var lastEnd: Int64 = 0
    private var interactorCpu: Int64 = 0
    private var record: ConversationRecord
    private var silence: Silence
    /// What programs had used in the middle of their time.
    private var middle: (at: Int64, used: [Int64?])?
    private var failure: KernelError?
    /// When an interactor that does not listen is told of an end all the same.
    private var ends: [Int64?]
    /// How the interactor was when all that the kernel says was that it waits.
    private var seenWaiting: (tasks: [RunTask], at: Int64)?

    /// How long an interactor may compute, by the clock, before it is told of an end that it does not
    /// wait for.
    private static let holdLimit: Int64 = 10_000_000_000
    /// How often something that is waited for is looked at.
    private static let lookInterval: Int64 = 2_000_000
    /// How long somebody must have done nothing to be taken for one who waits.
    private static let waitInterval: Int64 = 20_000_000
    private static let stopInterval: Int64 = 10_000_000

    /// - Parameter watches: of the programs, and of the interactor last.
    init(
        links: [ConversationLink], watches: [RunWatch], rules: Conversation.Rules
    ) throws(KernelError) {
        self.links = links
        self.watches = watches
        self.rules = rules
        let count = watches.count
        mail = Mutex(
            Mail(
                results: Array(repeating: nil, count: count),
                instants: Array(repeating: 0, count: count)))
        results = Array(repeating: nil, count: count)
        stops = Array(repeating: nil, count: count)
        isStopped = Array(repeating: false, count: count)
        wasTold = Array(repeating: false, count: count)
        ends = Array(repeating: nil, count: count)
        record = ConversationRecord(kept: rules.recordKept)
        silence = Silence(watches: watches)
        bell = try Descriptor.pipe()
        for end in [bell.read, bell.write] { try makeNonBlocking(end) }
    }

    deinit {
        _ = Glibc.close(bell.read)
        _ = Glibc.close(bell.write)
    }

    private var interactor: Int { watches.count - 1 }

    /// Says that a run is over; from any thread, once for each.
    func ended(_ index: Int, _ result: Result<RunResult, SandboxError>) {
        mail.withLock { mail in
            mail.results[index] = result
            mail.instants[index] = monotonicNanoseconds()
        }
        var byte: UInt8 = 0
        _ = write(bell.write, &byte, 1)
    }

    /// Relays on a thread of its own until all runs are over.
    func work() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let work = DetachedThread {
                self.relay()
                continuation.resume()
            }
            work.start()
        }
    }

    /// - Throws: when one could not be run.
    func result() throws(SandboxError) -> ConversationResult {
        if let failure { throw SandboxError("cannot \(failure)") }
        var endings: [ConversationEnding] = []
        for (index, result) in results.enumerated() {
            guard let result else { throw SandboxError("a run of a conversation has no result") }
            endings.append(
                ConversationEnding(
                    run: try result.get(), stop: stops[index], wasTold: wasTold[index]))
        }
        let interactor = endings.removeLast()
        return ConversationResult(interactor: interactor, programs: endings, record: record)
    }

    // MARK: The relay's own thread

    private func relay() {
        // A broken pipe is an answer here, not a signal.
        do throws(KernelError) {
            try blockSignal(SIGPIPE)
            while results.contains(where: { $0 == nil }) {
                try step()
            }
            // What the last ones left in the pipes belongs to the record.
            while try moveAll() {}
        } catch {
            failure = error
            endAll()
        }
    }

    private func step() throws(KernelError) {
        var set = [Interest(bell.read, POLLIN)]
        for link in links { if let interest = link.interest { set.append(interest) } }
        let wait = max(0, nextLook() - monotonicNanoseconds())
        let ready = try Interest.wait(&set, nanoseconds: wait)
        if set[0].found != 0 { readMail() }
        if ready > 0, try moveAll() { silence.isBroken() }
        payEnds()
        lookAtClocks()
        if silence.isDue(now: monotonicNanoseconds()) { listen() }
        for index in isStopped.indices where isStopped[index] && results[index] == nil {
            watches[index].stop()
        }
    }

    /// Moves once what every link has.
    /// - Returns: whether anything happened.
    private func moveAll() throws(KernelError) -> Bool {
        var hasMoved = false
        for link in links {
            let step = try link.move { bytes in
                record.add(
                    bytes, at: now(), program: link.program, isFromInteractor: link.isFromInteractor
                )
            }
            switch step {
            case .nothing: continue
            case .moved: hasMoved = true
            case .ended:
                hasMoved = true
                record.addEnd(
                    at: now(), program: link.program, isFromInteractor: link.isFromInteractor)
            }
        }
        return hasMoved
    }

    private func now() -> Duration {
        .microseconds((monotonicNanoseconds() - startedAt) / 1_000)
    }

    private func readMail() {
        var bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0]
        while read(bell.read, &bytes, bytes.count) > 0 {}
        let (letters, instants) = mail.withLock { ($0.results, $0.instants) }
        for (index, letter) in letters.enumerated() {
            guard let letter, results[index] == nil else { continue }
            results[index] = letter
            silence.isBroken()
            lastEnd = max(lastEnd, instants[index])
            guard case .success(let run) = letter else {
                for other in isStopped.indices { isStopped[other] = true }
                continue
            }
            guard index == interactor else { continue }
            interactorCpu = run.report.cpuTime.wholeMicroseconds * 1_000
            let isSettled = rules.isSettled(run.report, wasTold.contains(true))
            if isSettled { stopPrograms(.settled) }
        }
    }

    private func stopPrograms(_ why: ConversationStop) {
        for index in 0..<interactor where results[index] == nil && !isStopped[index] {
            stop(index, why)
        }
    }

    private func stop(_ index: Int, _ why: ConversationStop) {
        guard results[index] == nil, !isStopped[index] else { return }
        stops[index] = why
        isStopped[index] = true
        watches[index].stop()
    }

    /// Tells whoever reads that nothing more comes: a program at once, the interactor when it waits for
    /// it, or when it has not come to that for long.
    private func payEnds() {
        for link in links where link.owesEnd {
            guard !link.isFromInteractor, results[interactor] == nil, !link.hasNoReader else {
                link.closeTarget()
                continue
            }
            let now = monotonicNanoseconds()
            let since = ends[link.program] ?? now
            ends[link.program] = since
            guard isListening(link) || now - since > Self.holdLimit else { continue }
            tell(link)
        }
    }

    private func tell(_ link: ConversationLink) {
        wasTold[link.program] = true
        link.closeTarget()
        silence.isBroken()
    }

    /// Where the kernel does not say what threads wait for, one that only waits is taken to listen. A
    /// descriptor may have been given any number, so that the pipe itself is looked for.
    private func isListening(_ link: ConversationLink) -> Bool {
        let tasks = watches[interactor].tasks()
        guard !tasks.isEmpty else { return false }
        if tasks.contains(where: \.isHidden) { return areStillWaiting(tasks) }
        guard let pipe = try? linkTarget("/proc/self/fd/\(link.target)") else { return false }
        return tasks.contains { $0.isListening(to: pipe) }
    }

    /// Whether all of them wait and did nothing since they were seen waiting. One look is not enough:
    /// between the list and what it says of each, one that computes has been started by one that waits.
    private func areStillWaiting(_ tasks: [RunTask]) -> Bool {
        let now = monotonicNanoseconds()
        guard tasks.allSatisfy({ $0.state == "S" }) else {
            seenWaiting = nil
            return false
        }
        guard let seenWaiting, seenWaiting.tasks == tasks else {
            seenWaiting = (tasks, now)
            return false
        }
        return now - seenWaiting.at >= Self.waitInterval
    }

    private func lookAtClocks() {
        let now = monotonicNanoseconds()
        let programsLeft = (0..<interactor).filter { results[$0] == nil }
        if programsLeft.isEmpty {
            let patience = rules.interactorTime.wholeMicroseconds * 1_000
            if now - lastEnd > patience { stop(interactor, .late) }
            return
        }
        if middle == nil, now >= programMiddle {
            middle = (now, (0..<interactor).map { watches[$0].cpuTime() })
        }
        guard now >= programDeadline else { return }
        // What the interactor computed meanwhile is not the programs' fault.
        if let used = watches[interactor].cpuTime(), results[interactor] == nil {
            interactorCpu = max(interactorCpu, used)
        }
        guard now >= programDeadline else { return }
        for index in programsLeft { stop(index, onlyWaited(index, now) ? .idle : .late) }
    }

    /// Whether a program used less than a hundredth of a processor in the second half of its time.
    private func onlyWaited(_ index: Int, _ now: Int64) -> Bool {
        guard let middle, let before = middle.used[index], let used = watches[index].cpuTime()
        else {
            return false
        }
        return (used - before) * 100 < now - middle.at
    }

    private var programDeadline: Int64 {
        startedAt + rules.programTime.wholeMicroseconds * 1_000 + interactorCpu
    }

    private var programMiddle: Int64 {
        startedAt + rules.programTime.wholeMicroseconds * 500 + interactorCpu
    }

    private func nextLook() -> Int64 {
        let now = monotonicNanoseconds()
        var next = silence.nextLook
        if links.contains(where: { $0.owesEnd && !$0.isFromInteractor }) {
            next = min(next, now + Self.lookInterval)
        }
        if isStopped.indices.contains(where: { isStopped[$0] && results[$0] == nil }) {
            next = min(next, now + Self.stopInterval)
        }
        let areProgramsLeft = (0..<interactor).contains { results[$0] == nil }
        let deadline =
            areProgramsLeft
            ? (middle == nil ? programMiddle : programDeadline)
            : lastEnd + rules.interactorTime.wholeMicroseconds * 1_000
        return min(next, max(deadline, now + Self.lookInterval))
    }

    /// Nobody has said anything for a while.
    private func listen() {
        let left = results.indices.filter { results[$0] == nil }
        guard silence.isStalled(left, now: monotonicNanoseconds()) else { return }
        let untold = links.filter { $0.owesEnd && !$0.isFromInteractor }
        // Who waits for nothing else may wait for this.
        guard untold.isEmpty else { return untold.forEach(tell) }
        if left == [interactor] { stop(interactor, .stalled) } else { stopPrograms(.stalled) }
    }

    /// After a failure of the relay itself: nobody must wait for it.
    private func endAll() {
        for link in links { link.closeTarget() }
        while results.contains(where: { $0 == nil }) {
            for index in results.indices where results[index] == nil { watches[index].stop() }
            var set = [Interest(bell.read, POLLIN)]
            _ = try? Interest.wait(&set, nanoseconds: Self.stopInterval)
            readMail()
        }
    }
}
