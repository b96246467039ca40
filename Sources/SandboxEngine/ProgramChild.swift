// The program's child between vfork and exec. It shares init's memory and descriptors: it writes
// nothing but its own stack and the shared page. Exec gives it a table of descriptors of its own,
// without what is close-on-exec; the filter's listener, made in the child, so stays with init alone.

import CLinux

#if canImport(Glibc)
    import Glibc
#endif

private let cloneNewCgroup: Int32 = 0x0200_0000

/// Takes on the limits and the filter, and becomes the program.
///
/// The filter comes last: what comes before it would otherwise need rules of its own.
let runProgram: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { argument in
    guard let argument else { return 125 }
    let plan = UnsafePointer(argument.assumingMemoryBound(to: ChildPlan.self))
    let facts = plan.pointee
    joinCgroup(plan)
    must(plan, .newSession, cl_setsid())
    if facts.fileRules >= 0 { must(plan, .restrictFiles, cl_landlock_restrict(facts.fileRules)) }
    arrangeStreams(plan)
    for index in 0..<facts.limitCount {
        must(plan, .setLimit, cl_setrlimit(facts.limits[index].resource, facts.limits[index].value))
    }
    must(plan, .enterDirectory, cl_chdir(facts.directory))
    resetSignals()
    must(plan, .dropCapabilities, cl_capset(0, 0, 0))
    let listener = cl_seccomp(
        UInt32(SECCOMP_SET_MODE_FILTER), UInt32(SECCOMP_FILTER_FLAG_NEW_LISTENER), facts.filter)
    must(plan, .installFilter, listener)
    let page = facts.page
    page.pointee.listener = Int32(listener)
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
    for index in 0..<plan.pointee.cgroupTaskCount {
        var zero: UInt8 = UInt8(ascii: "0")
        must(plan, .joinCgroup, cl_write(plan.pointee.cgroupTasks[index], &zero, 1))
    }
    // The group counts from here; one that the child was born into counts from the start.
    plan.pointee.page.pointee.childCpu = plan.pointee.cgroupTaskCount > 0 ? ownCpuTime() : 0
    must(plan, .cgroupNamespace, cl_unshare(cloneNewCgroup))
}

/// Descriptors 0, 1, 2, the run's channels and no other. The streams may sit on one another's places,
/// so they are moved out of the way first.
private func arrangeStreams(_ plan: UnsafePointer<ChildPlan>) {
    let streams = plan.pointee.streams
    let count = plan.pointee.streamCount
    for index in 0..<count {
        let moved = cl_fcntl(streams[index], F_DUPFD_CLOEXEC, count)
        must(plan, .arrangeStreams, moved)
        streams[index] = Int32(moved)
    }
    for index in 0..<count {
        must(plan, .arrangeStreams, cl_dup2(streams[index], Int32(index)))
    }
    must(plan, .closeDescriptors, cl_close_range(UInt32(count), UInt32.max))
}

/// Signals that the helper ignores would stay ignored across exec.
private func resetSignals() {
    _ = cl_default_signal(SIGPIPE)
    _ = cl_unblock_signals()
}
