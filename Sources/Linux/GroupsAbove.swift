// Theory of operation. What the groups above a run's refuse to it looks to the program as if it had
// reached a limit of its own. Processes are asked for before a run: its groups must have room for all
// that it may start. Memory cannot be asked for so, because most of what is in use is cache that the
// kernel gives up; that a run was killed below its own limit is seen afterwards.

import Glibc

/// The groups above a slot's, as far as this machine shows them: their limits on processes.
package final class GroupsAbove {
    /// `pids.max` and `pids.current` of each, the nearest first.
    private var groups: [(limit: SharedDescriptor, current: SharedDescriptor)] = []

    /// Opens the files of all groups above; the outermost has none.
    /// - Parameter directory: of the slot, in the hierarchy with the controller pids.
    package init(of directory: Int32) throws(KernelError) {
        // The kernel nests no deeper by default than this, and the walk must end.
        var path = ".."
        for _ in 0..<64 {
            do throws(KernelError) {
                groups.append(
                    (
                        SharedDescriptor(try .open("\(path)/pids.max", O_RDONLY, at: directory)),
                        SharedDescriptor(try .open("\(path)/pids.current", O_RDONLY, at: directory))
                    ))
            } catch  where error.errno == ENOENT {
                return
            }
            path += "/.."
        }
    }

    /// How many more processes may be started in all of them; nil where none has a limit.
    package func room() throws(KernelError) -> Int64? {
        var least: Int64?
        for (limit, current) in groups {
            let text = try readShortControl(limit.number, "pids.max of a group above")
            if text == "max" { continue }
            let used = try readShortControl(
                current.number, "pids.current of a group above")
            guard let limit = Int64(text), let used = Int64(used) else {
                throw KernelError("read", "pids.max of a group above", errno: EINVAL)
            }
            least = min(least ?? .max, limit - used)
        }
        return least
    }

    /// - Parameter started: whether the run's init and its first process are there already.
    /// - Throws: when there is no room for `processes` of a run and for its init.
    package func require(processes: Int, started: Bool) throws(KernelError) {
        guard let room = try room() else { return }
        let free = room + (started ? 2 : 0)
        guard free < Int64(processes) + 1 else { return }
        throw Self.refusal(
            "\(processes) processes and their init, the groups above it have room for \(max(0, free))"
        )
    }

    package static func refusal(_ subject: String) -> KernelError {
        KernelError(
            "give a run", subject, errno: EAGAIN,
            mend: "raise pids.max of the judge's group (systemd: TasksMax), or ask for fewer")
    }
}
