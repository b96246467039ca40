// PID 1 of the run: builds what must be built from inside the new namespaces, starts the program as
// PID 2, reaps until the program ends, and ends itself, upon which the kernel kills all that is left
// in the PID namespace. The program is never PID 1: signals that PID 1 sends itself are dropped.

import CLinux

#if canImport(Glibc)
    import Glibc
#endif

// Values of <linux/mount.h> that do not import.
private let mountReadOnly: UInt64 = 0x1
private let procFlags: UInt = 0x1 | 0x2 | 0x4 | 0x8  // read-only, nosuid, nodev, noexec

/// Runs as the first process of the fresh namespaces and never returns.
///
/// The order is the argument: the identity is mapped before anything needs it, the file view is
/// finished before rights are given up, and the program starts from a process that has none left.
func runInit(_ plan: UnsafePointer<ChildPlan>) -> Never {
    let facts = plan.pointee
    let texts = facts.texts
    must(plan, .dieWithHelper, cl_prctl(PR_SET_PDEATHSIG, 9, 0))
    mapIdentity(plan)
    must(plan, .nameHost, cl_sethostname(facts.hostname))
    must(
        plan, .mountProc,
        cl_mount(texts.proc + 1, texts.proc, texts.proc + 1, procFlags, texts.procOptions))
    must(plan, .mountTmp, cl_move_mount(facts.tmpMount, AT_FDCWD, texts.space))
    if facts.protectsBox {
        must(plan, .protectBox, cl_mount_setattr(AT_FDCWD, texts.box, 0, mountReadOnly, 0))
    }
    if facts.hasLoopback { must(plan, .raiseLoopback, cl_interface_up(texts.loopback)) }
    if facts.cpuMaskBytes > 0 {
        must(plan, .bindCpu, cl_set_affinity(facts.cpuMask, facts.cpuMaskBytes))
    }
    giveUpRights(plan)
    _ = umask(0o022)

    // Stands for init's use when the run is stopped and init cannot tell.
    plan.pointee.page.pointee.initCpu = ownCpuTime()
    let child = cl_vfork(runProgram, facts.childStackTop, UnsafeMutableRawPointer(mutating: plan))
    must(plan, .startProgram, child)
    // Its child needed one for the cgroup namespace; reaping needs none.
    must(plan, .dropCapabilities, cl_capset(0, 0, 0))
    // The streams are the program's alone from here: a reader waits for the last writer to go.
    _ = cl_close_range(0, UInt32.max)
    reap(plan, until: child)
}

/// One user and one group, the slot's own; whoever made the namespace may map just that.
private func mapIdentity(_ plan: UnsafePointer<ChildPlan>) {
    let texts = plan.pointee.texts
    // The helper changed its effective id, which makes /proc/self root's until this is said.
    must(plan, .allowMapping, cl_prctl(PR_SET_DUMPABLE, 1, 0))
    must(plan, .denySetgroups, writeText(texts.setgroups, texts.deny))
    must(plan, .mapUser, writeText(texts.userMap, plan.pointee.identityMap))
    must(plan, .mapGroup, writeText(texts.groupMap, plan.pointee.identityMap))
}

private func writeText(_ path: UnsafePointer<CChar>, _ text: UnsafePointer<CChar>) -> Int {
    let fd = cl_openat(AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0)
    guard fd >= 0 else { return fd }
    let result = cl_write(Int32(fd), text, strlen(text))
    _ = cl_close(Int32(fd))
    return result
}

/// Becomes the slot's user for good and drops every capability, also out of later reach.
private func giveUpRights(_ plan: UnsafePointer<ChildPlan>) {
    for capability: UInt in 0...63 {
        let result = cl_prctl(PR_CAPBSET_DROP, capability, 0)
        // The first number that this kernel does not know ends the list.
        if result == -Int(EINVAL) { break }
        must(plan, .dropBounding, result)
    }
    must(plan, .becomeGroup, cl_setresgid(plan.pointee.insideIdentity))
    must(plan, .becomeUser, cl_setresuid(plan.pointee.insideIdentity))
    must(plan, .forbidPrivileges, cl_prctl(PR_SET_NO_NEW_PRIVS, 1, 0))
    // Init itself can neither be traced nor looked into by the program, which has its identity.
    must(plan, .allowMapping, cl_prctl(PR_SET_DUMPABLE, 0, 0))
}

/// Reaps every orphan; ends when the program has.
private func reap(_ plan: UnsafePointer<ChildPlan>, until program: Int) -> Never {
    var exitCode: Int32 = -1
    var signal: Int32 = -1
    var usage = rusage()
    while true {
        let pid = cl_wait_any(&exitCode, &signal, &usage)
        if pid == program { break }
        if pid < 0 && pid != -Int(EINTR) { cl_exit(1) }
    }
    let page = plan.pointee.page
    page.pointee.exitCode = exitCode
    page.pointee.signal = signal
    page.pointee.initCpu = ownCpuTime()
    page.pointee.endedAt = cl_monotonic_nanoseconds()
    cl_exit(0)
    while true {}
}
