import Foundation
import Linux

/// What the host has of everything that a run could leave or change.
struct HostState: Equatable, Sendable {
    /// `PID NAME` of the processes beneath this one and of all that have a slot's identity.
    var processes: Set<String> = []
    var mounts: [String] = []
    /// Directories of this process's slots in every hierarchy, runs included.
    var cgroups: Set<String> = []
    /// The tables of System V objects, and POSIX queues.
    var ipc: [String] = []
    /// Files whose name or owner is of a run, where anybody may write.
    var files: Set<String> = []
    /// Abstract sockets that bear a run's name.
    var sockets: [String] = []

    /// Names of what the hostile programs leave begin so.
    static let mark = "judge-attack"

    /// - Parameter identities: host users of the slots; this process's own is not looked for.
    static func look(identities: Set<UInt32>) throws -> HostState {
        var state = HostState()
        let all = processes()
        var beneath: Set<Int> = [Int(getpid())]
        // Parents have smaller numbers but for a wrap, so a second pass finds the rest.
        for _ in 0..<3 {
            for process in all where beneath.contains(process.parent) {
                beneath.insert(process.pid)
            }
        }
        beneath.remove(Int(getpid()))
        for process in all
        where beneath.contains(process.pid) || identities.contains(process.user) {
            state.processes.insert("\(process.pid) \(process.name)")
        }
        state.mounts = try readControl("/proc/self/mountinfo").split(separator: "\n").map(
            String.init)
        state.cgroups = try slotGroups()
        for table in ["msg", "sem", "shm"] {
            state.ipc += try readControl("/proc/sysvipc/\(table)").split(separator: "\n")
                .dropFirst().map(String.init).filter { isOfSlot($0, table, identities) }
        }
        state.ipc += names(in: "/dev/mqueue")
        for place in ["/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock"] {
            for name in names(in: place) where isOfRun(place + "/" + name, name, identities) {
                state.files.insert(place + "/" + name)
            }
        }
        state.sockets = try readControl("/proc/net/unix").split(separator: "\n").map(String.init)
            .filter { $0.contains("@" + mark) }
        return state
    }

    /// What differs, for people; empty when nothing does.
    func changes(since before: HostState) -> [String] {
        var changes: [String] = []
        func compare(_ what: String, _ old: Set<String>, _ new: Set<String>) {
            changes += new.subtracting(old).map { "new \(what): \($0)" }
            changes += old.subtracting(new).map { "gone \(what): \($0)" }
        }
        compare("process", before.processes, processes)
        compare("mount", Set(before.mounts), Set(mounts))
        compare("cgroup", before.cgroups, cgroups)
        compare("IPC object", Set(before.ipc), Set(ipc))
        compare("file", before.files, files)
        compare("socket", Set(before.sockets), Set(sockets))
        return changes.sorted()
    }

    private static func names(in directory: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    }

    private static func isOfRun(_ path: String, _ name: String, _ identities: Set<UInt32>) -> Bool {
        if name.hasPrefix(mark) { return true }
        var facts = stat()
        return lstat(path, &facts) == 0 && identities.contains(facts.st_uid)
    }

    /// Whether an object of /proc/sysvipc belongs to a slot's identity; others use the machine too.
    private static func isOfSlot(
        _ line: String, _ table: String, _ identities: Set<UInt32>
    ) -> Bool {
        let fields = line.split(separator: " ")
        let column = ["msg": 7, "sem": 4, "shm": 7][table] ?? 0
        guard column < fields.count, let user = UInt32(fields[column]) else { return true }
        return identities.contains(user) || user == geteuid()
    }

    private static func slotGroups() throws -> Set<String> {
        var found: Set<String> = []
        for base in try CgroupHierarchy.find().bases {
            let slots = names(in: base + "/judge").filter { $0.hasPrefix("slot-\(getpid())-") }
            for slot in slots {
                found.insert("\(base)/judge/\(slot)")
                for inner in names(in: "\(base)/judge/\(slot)") {
                    var facts = stat()
                    let path = "\(base)/judge/\(slot)/\(inner)"
                    if lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR {
                        found.insert(path)
                    }
                }
            }
        }
        return found
    }

    struct ProcessFacts {
        var pid: Int
        var parent: Int
        /// The effective one.
        var user: UInt32
        var name: String
        /// Resident, in KiB.
        var memory: Int
    }

    static func processes() -> [ProcessFacts] {
        names(in: "/proc").compactMap(Int.init).sorted().compactMap { pid in
            guard let text = try? readControl("/proc/\(pid)/status") else { return nil }
            var fields: [Substring: [Substring]] = [:]
            for line in text.split(separator: "\n") {
                let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
                if let key = words.first { fields[key] = Array(words.dropFirst()) }
            }
            guard let parent = fields["PPid:"]?.first.flatMap({ Int($0) }),
                let user = fields["Uid:"]?.dropFirst().first.flatMap({ UInt32($0) })
            else { return nil }
            return ProcessFacts(
                pid: pid, parent: parent, user: user,
                name: fields["Name:"]?.joined(separator: " ") ?? "?",
                memory: fields["VmRSS:"]?.first.flatMap { Int($0) } ?? 0)
        }
    }
}
