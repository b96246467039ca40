// Theory of operation. One group per run: made empty before it, removed after it, so that its
// counters (CPU, peak of memory, OOM kills) begin at zero and speak of this run alone; on v1 that of
// CPU time is the slot's, read before and after. The worker
// makes the slot's directories by path; the helper, whose tree holds no cgroupfs, makes and removes
// the run's groups beneath the descriptors of those directories. v1 and v2 differ in names of files
// and in how a process gets in; both are behind `RunCgroup`.

import CLinux

/// What a group may use.
package struct CgroupLimits: Sendable {
    /// Bytes of memory, swap included.
    package var memory: Int64
    /// Processes and threads.
    package var processes: Int

    package init(memory: Int64, processes: Int) {
        self.memory = memory
        self.processes = processes
    }
}

/// CPU time that a group has used, in nanoseconds.
package struct CgroupCpu: Sendable {
    package var total: Int64
    package var user: Int64
    package var system: Int64
}

/// How long tasks waited for a processor, in nanoseconds.
package struct CpuPressure: Sendable, Equatable {
    /// At least one of them.
    package var some: Int64
    /// All that wanted to run, so that none did; nil where the kernel does not say.
    package var full: Int64?

    package init(some: Int64, full: Int64?) {
        self.some = some
        self.full = full
    }

    /// Reads a pressure file: lines `some avg10=… total=MICROSECONDS` and `full …`.
    /// - Returns: nil for anything else.
    package init?(_ text: String) {
        var totals: [Substring: Int64] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let kind = words.first, let last = words.last, last.hasPrefix("total="),
                let total = Int64(last.dropFirst(6))
            else { return nil }
            totals[kind] = total * 1_000
        }
        guard let some = totals["some"] else { return nil }
        self.init(some: some, full: totals["full"])
    }
}

/// How the memory and process limits were met.
package struct CgroupEvents: Sendable {
    /// Processes that the kernel killed because the group was at its limit.
    package var oomKills: Int
    /// Times that a fork was refused.
    package var processLimitHits: Int
}

/// What makes the groups of one slot's runs: of the one that goes on, and of the one that waits.
package protocol RunCgroups: AnyObject {
    /// A new, empty group with these limits.
    func make(_ name: String, _ limits: CgroupLimits) throws(KernelError) -> any RunCgroup
}

/// The group of one run.
package protocol RunCgroup: AnyObject {
    /// Files that a process writes `0` into to get in; empty where it is cloned in.
    var joinDescriptors: [Int32] { get }
    /// For CLONE_INTO_CGROUP; nil where a process joins by itself.
    var cloneDescriptor: Int32? { get }
    /// Processes in the group besides the program's: init where it is cloned in.
    var extraProcesses: Int { get }

    func cpu() throws(KernelError) -> CgroupCpu
    /// nil where groups, or this kernel, have no such account.
    func pressure() -> CpuPressure?
    /// Bytes.
    func memoryPeak() throws(KernelError) -> Int64
    /// nil where the kernel does not count.
    func processesPeak() -> Int?
    func events() throws(KernelError) -> CgroupEvents
    /// Bytes of the cache of host files that the group is charged with and could do without.
    func cachedFiles() throws(KernelError) -> Int64
    /// Bytes that buffers of sockets held at most, where they have an account of their own.
    func socketPeak() -> Int64?
    /// Whether no process, dead and unreaped ones included, is in the group or ever will be by itself.
    /// - Parameter butInit: whether the run's init, where it is in the group, is taken for nobody.
    func isEmpty(butInit: Bool) throws(KernelError) -> Bool
    /// Kills all that is in the group at one stroke, so that no fork escapes; does nothing where the
    /// kernel cannot (v1, and v2 before Linux 5.14).
    func kill()
    /// Removes the group. All its processes must have been killed; waits briefly for the kernel to
    /// let go of the last.
    func remove() throws(KernelError)
}

extension RunCgroup {
    /// Waits until the group is empty; a group of the dead is so at the first look.
    /// - Returns: whether it became empty within `milliseconds`.
    package func becomesEmpty(
        butInit: Bool, within milliseconds: Int
    ) throws(KernelError) -> Bool {
        for _ in 0..<max(1, milliseconds) {
            if try isEmpty(butInit: butInit) { return true }
            kill()
            _ = cl_poll(nil, 0, 1_000_000)
        }
        return try isEmpty(butInit: butInit)
    }
}

/// Of `memory.stat`, which has the same names in both versions.
func cachedFileBytes(at directory: Int32) throws(KernelError) -> Int64 {
    let text = try readControl("memory.stat", at: directory)
    guard let active = keyedValue(text, "active_file"),
        let inactive = keyedValue(text, "inactive_file")
    else { throw KernelError("read", "memory.stat: no active_file", errno: 22) }
    return active + inactive
}

/// A line `key value` of a flat keyed control file.
func keyedValue(_ text: String, _ key: String) -> Int64? {
    for line in text.split(separator: "\n") {
        let parts = line.split(separator: " ")
        if parts.count == 2, parts[0] == key { return Int64(parts[1]) }
    }
    return nil
}

/// The number that a control file holds.
func controlNumber(_ name: String, at directory: Int32) throws(KernelError) -> Int64 {
    guard let value = Int64(try readControl(name, at: directory)) else {
        throw KernelError("read", "\(name): not a number", errno: 22)
    }
    return value
}
