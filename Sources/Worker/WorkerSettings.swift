import Glibc

/// How a worker works.
package struct WorkerSettings: Sendable, Equatable {
    /// Who holds the leases; different for every worker on one database.
    package var name: String
    /// How many submissions are judged at one time.
    package var slots: Int
    /// Another worker takes a job so long after its worker was last heard of. It is renewed three
    /// times as often.
    package var leaseDuration: Duration
    /// Whether to stop when nothing is queued and no slot of this worker is busy. A job that runs in
    /// another worker, and may come back, is not waited for.
    package var drain: Bool
    /// How long a worker that is told to stop may take to give back what it judges.
    package var stopTime: Duration
    /// What this worker found of its machine, as `Admission` stored it; nil when nobody looked.
    package var hostCheck: Int64?
    /// Of its judgings, which are made again in another slot, from 0 to 1; nothing with one slot.
    package var repeatShare: Double
    /// Whether slots without work are lent to judgings that go on in others.
    package var spreadTests: Bool
    /// By which the worker is held back when one of these comes to something else: the same for all
    /// processes that a person takes for one worker.
    package var heldAs: String

    package init(
        name: String = WorkerSettings.hostAndProcess, slots: Int = 1,
        leaseDuration: Duration = .seconds(30), drain: Bool = false,
        stopTime: Duration = .seconds(10), hostCheck: Int64? = nil, repeatShare: Double = 0,
        spreadTests: Bool = true, heldAs: String? = nil
    ) {
        self.spreadTests = spreadTests
        self.repeatShare = max(1, slots) > 1 ? repeatShare : 0
        self.heldAs = heldAs ?? name
        self.name = name
        self.slots = max(1, slots)
        self.leaseDuration = leaseDuration
        self.drain = drain
        self.stopTime = stopTime
        self.hostCheck = hostCheck
    }

    /// `HOST-PID` of this process.
    package static var hostAndProcess: String { "\(host)-\(getpid())" }

    /// Name of this machine.
    package static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        let known = gethostname(&name, name.count - 1) == 0
        let host = String(
            decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return known ? host : "localhost"
    }
}
