// Theory of operation. Worker and helper talk over one SOCK_SEQPACKET socket: a packet is a
// message, descriptors ride with it. The worker asks, the helper answers each question with one
// packet, in order; `cancel` alone may come while a run is going and has no answer of its own.
// Both ends of the socket are ours, yet everything read is checked: the helper has more rights.

package import Units

/// Raised by either side when the other speaks another version.
package let protocolVersion: UInt32 = 2

/// What the worker asks of its helper.
package enum HelperRequest: Sendable, Equatable {
    /// First of all. Descriptors: the slot's cgroup directory in each hierarchy of `cgroup`.
    case setUp(HelperSetup)
    /// After `awaitsMap`: the identities of the helper's user namespace stand.
    case mapped
    /// An empty `/box` of this size.
    case resetBox(size: ByteCount)
    /// An empty folder of `/box`, on a file system of its own of this size.
    case resetFolder(name: String, size: ByteCount, writable: Bool)
    /// One file into `/box`, at this path. Descriptor: what it shall contain.
    case put(name: String, executable: Bool)
    /// One run. Descriptors: standard input, output, error.
    case run(RunRequest)
    /// A file of `/box` or of a folder of it back.
    case take(name: String)
    /// How much of its size a folder of `/box` uses.
    case measureFolder(name: String)
    /// Kills the run that is going.
    case cancel
}

/// What the helper answers.
package enum HelperReply: Sendable, Equatable {
    /// Done.
    case done
    /// To `setUp` of `.ownIdentity`: the helper's user namespace is there and waits for its map.
    case awaitsMap
    /// The step that failed, on what and why.
    case failed(String)
    /// What is left of a run could not be cleared away: the helper ends with this answer.
    case retired(String)
    case report(RunReport)
    /// To `take`: with a descriptor for reading when it is a regular file with one link.
    case file
    /// To `take`: there is no such regular file.
    case noFile
    /// To `measureFolder`.
    case size(ByteCount)
}

/// What a helper must know before its first run.
package struct HelperSetup: Sendable, Equatable {
    package var standing: Standing
    /// User and group id of the slot, as the helper's user namespace counts.
    package var identity: UInt32
    /// Processor that runs are bound to.
    package var cpu: Int32?
    package var cgroup: CgroupVersion
    /// Beyond the built-in file view: `host`, `inside`.
    package var readOnly: [String]
    package var writable: [String]

    package init(
        standing: Standing, identity: UInt32, cpu: Int32?, cgroup: CgroupVersion,
        readOnly: [String] = [], writable: [String] = []
    ) {
        self.standing = standing
        self.identity = identity
        self.cpu = cpu
        self.cgroup = cgroup
        self.readOnly = readOnly
        self.writable = writable
    }
}

/// Whom the machine takes worker and helper for.
package enum Standing: UInt8, Sendable, Equatable {
    /// Root: the helper needs no user namespace of its own.
    case root = 1
    /// An ordinary user with no id but his own: the helper's user namespace maps that one to 0, and
    /// all slots share it.
    case oneIdentity = 2
    /// An ordinary user with a range of ids: the worker maps him to 0 and the slot's own id.
    case ownIdentity = 3
}

/// Which cgroup directories travel with the set-up.
package enum CgroupVersion: UInt8, Sendable, Equatable {
    /// Three: memory, pids, cpuacct.
    case v1 = 1
    /// One.
    case v2 = 2
}
