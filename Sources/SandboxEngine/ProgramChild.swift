// The program's child between vfork and exec. It shares init's memory and descriptors: it writes
// nothing but its own stack and the shared page. Exec gives it a table of descriptors of its own,
// without what is close-on-exec; the filter's listener, made in the child, so stays with init alone.
//
// It has taken on all limits, and the filter, when it waits for the run: what comes after the filter
// is what any program may do.

import CLinux

#if canImport(Glibc)
    import Glibc
#endif

private let cloneNewCgroup: Int32 = 0x0200_0000

/// Takes on the limits and the filter, waits for the run, and becomes the program.
let runProgram: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { argument in
    guard let argument else { return 125 }
    let plan = UnsafePointer(argument.assumingMemoryBound(to: ChildPlan.self))
    let facts = plan.pointee
    joinCgroup(plan)
    must(plan, .newSession, cl_setsid())
    if facts.fileRules >= 0 { must(plan, .restrictFiles, cl_landlock_restrict(facts.fileRules)) }
    arrangeOwn(plan)
    var index = 0
    while index < facts.limitCount {
        must(plan, .setLimit, cl_setrlimit(facts.limits[index].resource, facts.limits[index].value))
        index += 1
    }
    must(plan, .enterDirectory, cl_chdir(facts.directory))
    resetSignals()
    must(plan, .dropCapabilities, cl_capset(0, 0, 0))
    installFilter(plan)
    awaitRun(plan)
    must(plan, .setLimit, cl_setrlimit(Int32(RLIMIT_NOFILE.rawValue), facts.openFiles))
    become(plan)
}

/// Executes the program, or the first of several that there is.
private func become(_ plan: UnsafePointer<ChildPlan>) -> Never {
    let facts = plan.pointee
    let page = facts.page
    cl_get_counts(Int32(RUSAGE_SELF.rawValue), &page.pointee.childCounts)
    page.pointee.childCpu = ownCpuTime() - page.pointee.childCpu
    page.pointee.startedAt = cl_monotonic_nanoseconds()
    var result = -Int(ENOENT)
    var index = 0
    while let program = facts.programs[index] {
        result = cl_execve(program, facts.arguments, facts.environment)
        if result != -Int(ENOENT) { break }
        index += 1
    }
    page.pointee.startedAt = 0
    giveUp(plan, .execProgram, result)
}

/// On v1 by writing into `tasks` oneself, which costs 20 us where attaching another costs 5 ms; on
/// v2 init was cloned into the group. The cgroup namespace is taken after, so that its root is the
/// run's own group and nothing above it has a name.
private func joinCgroup(_ plan: UnsafePointer<ChildPlan>) {
    var index = 0
    while index < plan.pointee.cgroupTaskCount {
        // A literal character would be a text first.
        var zero: UInt8 = 0x30
        must(plan, .joinCgroup, cl_write(plan.pointee.cgroupTasks[index], &zero, 1))
        index += 1
    }
    // The group counts from here; one that the child was born into counts from the start.
    plan.pointee.page.pointee.childCpu = plan.pointee.cgroupTaskCount > 0 ? ownCpuTime() : 0
    must(plan, .cgroupNamespace, cl_unshare(cloneNewCgroup))
}

/// Where init and its child have their descriptors, behind all places that a run's streams may take.
let listenerPlace: Int32 = 48
let gatePlace: Int32 = 49
let mountsPlace: Int32 = 50

/// Puts the gate and the mount namespace into their places, and closes all else.
private func arrangeOwn(_ plan: UnsafePointer<ChildPlan>) {
    // They may sit on one another's places, so they are moved out of the way first.
    let gate = cl_fcntl(plan.pointee.gate, F_DUPFD_CLOEXEC, Int(mountsPlace) + 1)
    must(plan, .closeDescriptors, gate)
    let mounts = cl_fcntl(plan.pointee.page.pointee.mounts, F_DUPFD_CLOEXEC, Int(mountsPlace) + 1)
    must(plan, .closeDescriptors, mounts)
    must(plan, .closeDescriptors, cl_dup3(Int32(gate), gatePlace, O_CLOEXEC))
    must(plan, .closeDescriptors, cl_dup3(Int32(mounts), mountsPlace, O_CLOEXEC))
    must(plan, .closeDescriptors, cl_close_range(0, UInt32(gatePlace) - 1))
    must(plan, .closeDescriptors, cl_close_range(UInt32(mountsPlace) + 1, UInt32.max))
}

/// The filter comes after whatever needs more than a program may do.
private func installFilter(_ plan: UnsafePointer<ChildPlan>) {
    let listener = cl_seccomp(
        UInt32(SECCOMP_SET_MODE_FILTER), UInt32(SECCOMP_FILTER_FLAG_NEW_LISTENER),
        plan.pointee.filter)
    must(plan, .installFilter, listener)
    must(plan, .arrangeStreams, cl_dup3(Int32(listener), listenerPlace, O_CLOEXEC))
    must(plan, .arrangeStreams, cl_close(Int32(listener)))
    plan.pointee.page.pointee.listener = listenerPlace
}

/// Returns when the run has come, with its descriptors as 0, 1, 2, … and no other that would survive
/// exec; ends when the helper has let go of this sandbox.
private func awaitRun(_ plan: UnsafePointer<ChildPlan>) {
    if plan.pointee.announces {
        var byte: UInt8 = 0
        must(plan, .awaitRun, cl_send_packet(gatePlace, &byte, 1, nil, 0))
    }
    var first: Int32 = -1
    var count = 0
    var result = -Int(EINTR)
    while result == -Int(EINTR) { result = cl_receive_streams(gatePlace, &first, &count) }
    if result == 0 { cl_exit(0) }
    must(plan, .awaitRun, result)
    let isWhole = first == 0 && count == plan.pointee.streamCount
    must(plan, .awaitRun, isWhole ? 0 : -Int(EBADF))
}

/// Signals that the helper ignores would stay ignored across exec.
private func resetSignals() {
    _ = cl_default_signal(SIGPIPE)
    _ = cl_unblock_signals()
}
