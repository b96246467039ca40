// Theory of operation. Worker and helper talk over one SOCK_SEQPACKET socket: a packet is a
// message, descriptors ride with it. The worker asks, the helper answers each question with one
// packet, in order; `cancel` alone may come while a run is going and has no answer of its own.
// Both ends of the socket are ours, yet everything read is checked: the helper has more rights.

package import Units

/// Raised by either side when the other speaks another version.
package let protocolVersion: UInt32 = 5

/// What the worker asks of its helper.
package enum HelperRequest: Sendable, Equatable {
    /// First of all. Descriptors: the slot's cgroup directory in each hierarchy of `cgroup`; behind
    /// them, where the set-up says so, the user namespace to live in.
    case setUp(HelperSetup)
    /// First of all, to a helper that runs nothing and makes networks instead.
    case setUpLan(LanSetup)
    /// After `awaitsMap`: the identities of the helper's user namespace stand.
    case mapped
    /// An empty `/box` of this size.
    case resetBox(size: ByteCount)
    /// An empty folder of `/box`, on a file system of its own of this size.
    case resetFolder(name: String, size: ByteCount, writable: Bool)
    /// One file into `/box`, at this path. Descriptor: what it shall contain.
    case put(name: String, executable: Bool)
    /// One run. Descriptors: standard input, output, error, its channels; behind them, where the run
    /// is a node of a LAN, the node's network namespace.
    case run(RunRequest)
    /// A file of `/box` or of a folder of it back.
    case take(name: String)
    /// Removes a file of `/box` or of a folder of it.
    case drop(name: String)
    /// How much of its size a folder of `/box` uses.
    case measureFolder(name: String)
    /// Kills the run that is going.
    case cancel
    /// A private network of so many nodes in place of the last one.
    case makeLan(nodes: Int)
    /// Lets go of the network.
    case dropLan
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
    /// To `setUpLan`: with a descriptor of the user namespace; to `makeLan`: with one of the network
    /// namespace of each node.
    case namespaces
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
    /// Whether the helper of an ordinary user lives in the user namespace of a LAN's, so that it may
    /// start runs in the networks that belong to that.
    package var joinsLan: Bool

    package init(
        standing: Standing, identity: UInt32, cpu: Int32?, cgroup: CgroupVersion,
        readOnly: [String] = [], writable: [String] = [], joinsLan: Bool = false
    ) {
        self.standing = standing
        self.identity = identity
        self.cpu = cpu
        self.cgroup = cgroup
        self.readOnly = readOnly
        self.writable = writable
        self.joinsLan = joinsLan
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
