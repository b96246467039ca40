import Glibc
import Linux
import SandboxProtocol
import Synchronization

/// One helper process and the socket to it. Calls block; the slot's thread makes them.
final class HelperConnection: Sendable {
    private let socket: Int32
    private let process: Mutex<ChildProcess?>
    /// The run that is going, which `cancel` may stop.
    private let going = Mutex<RunNumber?>(nil)
    /// The inner helper, as the host counts; found once.
    private let inner = Mutex<Int32?>(nil)
    /// Whether the helper was seen to be gone, even if its outer half has not ended yet.
    private let isLost = Mutex(false)

    /// Starts a helper that waits for its set-up.
    init(path: String) throws(SandboxError) {
        do throws(KernelError) {
            let ends = try Descriptor.socketPair()
            socket = ends.near
            let far = Descriptor(owning: ends.far)
            let null = try Descriptor.open("/dev/null", O_RDWR)
            let process: ChildProcess
            do throws(KernelError) {
                process = try .spawn(
                    path, arguments: ["judge-sandbox"],
                    environment: ["\(Canaries.variable)=planted"],
                    streams: [null.number, null.number, 2, far.number])
            } catch {
                close(ends.near)
                throw error
            }
            self.process = Mutex(process)
        } catch  where error.errno == ENOENT && error.call == "start" {
            throw SandboxError(
                "cannot start the sandbox helper \(path): no such file; build it or set "
                    + "sandbox.helper in judge.conf")
        } catch {
            throw SandboxError("cannot start the sandbox helper: \(error)")
        }
    }

    /// Sets the helper up and waits until it is.
    /// - Parameter map: maps users into the user namespace of the helper, whose pid it is given;
    ///   called where an ordinary user has ids to lend.
    /// - Returns: the descriptors that come back.
    /// - Throws: what the helper says it could not do.
    func setUp(
        _ request: HelperRequest, _ descriptors: [Int32],
        map: (Int32) throws(SandboxError) -> Void
    ) throws(SandboxError) -> [Int32] {
        let answer = try ask(request, descriptors)
        guard case .awaitsMap = answer.reply else { return answer.descriptors }
        // The helper is this process's child and not reaped before `end`: the number stays its own.
        if let pid = process.withLock({ $0?.pid }) { try map(pid) }
        return try ask(.mapped).descriptors
    }

    deinit {
        end()
        close(socket)
    }

    /// Sends one request and waits for its answer.
    /// - Parameter sent: called when the request is on its way, with all its descriptors, or lost.
    /// - Parameter run: by which a run can be stopped.
    /// - Throws: what the helper says it could not do, or that it is gone.
    func ask(
        _ request: HelperRequest, _ descriptors: [Int32] = [], run: RunNumber = RunNumber(),
        sent: () -> Void = {}
    ) throws(SandboxError) -> (reply: HelperReply, descriptors: [Int32]) {
        let bytes = request.encoded()
        var isSent = false
        defer { if !isSent { sent() } }
        guard bytes.count <= Packets.maximum else {
            throw SandboxError(
                "cannot send \(bytes.count) bytes to the sandbox helper: arguments and "
                    + "environment together must stay below \(Packets.maximum) bytes")
        }
        let packet: (bytes: [UInt8], descriptors: [Int32])?
        let reply: HelperReply
        var unwanted: [Int32] = []
        defer { for descriptor in unwanted { _ = close(descriptor) } }
        do {
            if case .run = request {
                try start(run, bytes, descriptors)
            } else {
                try Packets.send(bytes, descriptors, to: socket)
            }
            sent()
            isSent = true
            packet = try Packets.receive(from: socket)
            going.withLock { $0 = nil }
            guard let packet else {
                isLost.withLock { $0 = true }
                throw SandboxError("the sandbox helper ended unexpectedly")
            }
            unwanted = packet.descriptors
            reply = try HelperReply(decoding: packet.bytes)
        } catch let error as SandboxError {
            throw error
        } catch {
            going.withLock { $0 = nil }
            isLost.withLock { $0 = true }
            throw SandboxError("lost the sandbox helper: \(error)")
        }
        if case .failed(let text) = reply { throw SandboxError("cannot \(text)") }
        if case .retired(let text) = reply {
            isLost.withLock { $0 = true }
            throw SandboxError("cannot \(text)")
        }
        let wanted = request.descriptorsWanted(in: reply)
        guard wanted > 0 else { return (reply, []) }
        guard unwanted.count == wanted else {
            throw SandboxError("the sandbox helper answered with \(unwanted.count) descriptors")
        }
        defer { unwanted = [] }
        return (reply, unwanted)
    }

    /// Sends a run so that a `cancel` of any thread comes behind it.
    private func start(
        _ run: RunNumber, _ bytes: [UInt8], _ descriptors: [Int32]
    ) throws(KernelError) {
        try going.withLock { going throws(KernelError) in
            try Packets.send(bytes, descriptors, to: socket)
            going = run
        }
        // A cancellation just before found nothing to stop.
        if Task.isCancelled { cancel(run) }
    }

    /// Kills a run; from any thread, without effect when it has not begun or is over.
    /// - Parameter run: nil: whichever is going.
    func cancel(_ run: RunNumber? = nil) {
        going.withLock { going in
            guard let current = going, run == nil || run == current else { return }
            going = nil
            try? Packets.send(HelperRequest.cancel.encoded(), to: socket)
        }
    }

    /// The process that serves: the only child of the outer helper, which is this process's. nil where
    /// it cannot be found.
    var servingProcess: Int32? {
        guard let outer = process.withLock({ $0?.pid }) else { return nil }
        return inner.withLock { inner in
            inner = inner ?? childProcess(of: outer)
            return inner
        }
    }

    /// Whether the helper process still lives.
    var isAlive: Bool {
        guard !isLost.withLock({ $0 }) else { return false }
        return process.withLock { process in
            guard let current = process.take() else { return false }
            let ended = current.wait(milliseconds: 0)
            if !ended { process = consume current }
            return !ended
        }
    }

    /// Ends the helper and everything in it, and waits until it is gone.
    func end() {
        shutdown(socket, Int32(SHUT_RDWR))
        process.withLock { process in
            guard let current = process.take() else { return }
            if !current.wait(milliseconds: 2_000) {
                current.signal(SIGKILL)
                _ = current.wait()
            }
        }
    }
}

/// Tells a run from all others of this process.
struct RunNumber: Equatable, Sendable {
    private static let last = Atomic<Int>(0)
    private let number = Self.last.add(1, ordering: .relaxed).newValue
}

extension HelperRequest {
    /// How many descriptors come with an answer; with any other there are none to be had.
    fileprivate func descriptorsWanted(in reply: HelperReply) -> Int {
        switch (self, reply) {
        case (.take, .file), (.setUpLan, .namespaces), (.mapped, .namespaces): 1
        case (.makeLan(let nodes), .namespaces): nodes
        default: 0
        }
    }
}
