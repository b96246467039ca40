package import Units

/// A file of the host as a check sees it.
package enum HostFile: Sendable, Equatable {
    /// Without the last line end; at most 64 KiB.
    case text(String)
    case absent
    /// There, and not for us: why.
    case refused(String)
}

/// Room on a file system, for everybody and not only root.
package struct HostSpace: Sendable, Equatable {
    package var free: ByteCount
    package var freeInodes: UInt64
    /// 0 where the file system makes inodes as it needs them.
    package var inodes: UInt64

    package init(free: ByteCount, freeInodes: UInt64, inodes: UInt64) {
        self.free = free
        self.freeInodes = freeInodes
        self.inodes = inodes
    }
}

/// What came of making the groups of one slot, and removing them.
package struct CgroupTrial: Sendable, Equatable {
    /// 1 or 2.
    package var version: Int
    package var bases: [String]
    package var countsSwap: Bool

    package init(version: Int, bases: [String], countsSwap: Bool) {
        self.version = version
        self.bases = bases
        self.countsSwap = countsSwap
    }
}

/// A trial that did not succeed: one phrase.
package struct TrialFailure: Error, Sendable, Equatable {
    package var text: String
    /// Why a call of the kernel failed, where one did.
    package var errno: Int32?
    /// A command that mends it, where who tried knows one.
    package var mend: String?

    package init(_ text: String, errno: Int32? = nil, mend: String? = nil) {
        self.text = text
        self.errno = errno
        self.mend = mend
    }
}

/// A program of the host that somebody wants to run in the sandbox.
package struct NeededProgram: Sendable, Equatable {
    package var path: String
    /// For people: "C17, C++17".
    package var neededBy: String
    /// The Debian package that brings it; may be empty.
    package var package: String

    package init(path: String, neededBy: String, package: String) {
        self.path = path
        self.neededBy = neededBy
        self.package = package
    }
}

/// What no run may see, wherever judge.conf has it.
package struct HiddenPlace: Sendable, Equatable {
    /// For people: "the database".
    package var name: String
    /// Absolute; need not be there yet.
    package var path: String

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// What the judge is about to do on the machine.
package struct HostPurpose: Sendable, Equatable {
    package var slots: Int
    package var firstIdentity: UInt32
    /// As in `SlotConfiguration`.
    package var cgroup: String?
    package var databaseDirectory: String
    package var programs: [NeededProgram]
    package var hidden: [HiddenPlace]
    /// Places of the host that runs see because judge.conf says so; absolute.
    package var shown: [String]

    package init(
        slots: Int, firstIdentity: UInt32, cgroup: String?, databaseDirectory: String,
        programs: [NeededProgram], hidden: [HiddenPlace], shown: [String]
    ) {
        self.slots = slots
        self.firstIdentity = firstIdentity
        self.cgroup = cgroup
        self.databaseDirectory = databaseDirectory
        self.programs = programs
        self.hidden = hidden
        self.shown = shown
    }
}

/// The machine, as checks ask it: a true one (`Host.live`), or one that a test makes up.
package struct Host: Sendable {
    package var purpose: HostPurpose
    /// Effective user id, and the name in /etc/passwd.
    package var user: UInt32
    package var userName: String
    package var deployment: Deployment
    /// What the helper said in its mode `trials`.
    package var trials: Result<[String: Int], TrialFailure>
    /// Which hierarchy was found.
    package var hierarchy: Result<Int, TrialFailure>
    /// What came of making groups in it; nil when none was found.
    package var groups: Result<CgroupTrial, TrialFailure>?
    package var file: @Sendable (_ path: String) -> HostFile
    package var names: @Sendable (_ directory: String) -> [String]
    package var space: @Sendable (_ path: String) -> HostSpace?
    package var isProgram: @Sendable (_ path: String) -> Bool
    /// The same place without links on the way, as far as it is there.
    package var resolved: @Sendable (_ path: String) -> String

    package init(
        purpose: HostPurpose, user: UInt32, userName: String, deployment: Deployment,
        trials: Result<[String: Int], TrialFailure>, hierarchy: Result<Int, TrialFailure>,
        groups: Result<CgroupTrial, TrialFailure>?,
        file: @escaping @Sendable (String) -> HostFile,
        names: @escaping @Sendable (String) -> [String],
        space: @escaping @Sendable (String) -> HostSpace?,
        isProgram: @escaping @Sendable (String) -> Bool,
        resolved: @escaping @Sendable (String) -> String
    ) {
        self.purpose = purpose
        self.user = user
        self.userName = userName
        self.deployment = deployment
        self.trials = trials
        self.hierarchy = hierarchy
        self.groups = groups
        self.file = file
        self.names = names
        self.space = space
        self.isProgram = isProgram
        self.resolved = resolved
    }

    var isRoot: Bool { user == 0 }
    var mends: Mends { Mends(deployment: deployment, isRoot: isRoot) }

    /// The text of a file; nil where there is none to be had.
    func text(_ path: String) -> String? {
        guard case .text(let text) = file(path) else { return nil }
        return text
    }

    /// Why a file says nothing, for people.
    func silence(_ path: String) -> String {
        switch file(path) {
        case .text(let text): "\(path) says \(text.prefix(40))"
        case .absent: "\(path) is not there"
        case .refused(let why): "\(path) cannot be read: \(why)"
        }
    }
}
