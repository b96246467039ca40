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
    if facts.hasLoopback {
        // By the helper's /proc, which shows the settings of the network that one is in.
        must(plan, .limitConnections, writeText(texts.receivedFile, texts.receivedText))
        must(plan, .limitConnections, writeText(texts.rememberedFile, texts.rememberedText))
    }
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
    let mounts = cl_openat(AT_FDCWD, texts.mounts, O_RDONLY | O_CLOEXEC, 0)
    must(plan, .keepMounts, mounts)
    plan.pointee.page.pointee.mounts = Int32(mounts)
    giveUpRights(plan)
    _ = umask(0o022)

    // Children are waited for beside the filter's listener: their signal has to stay.
    must(plan, .watchProgram, cl_block_signal(SIGCHLD))
    let child = cl_vfork(runProgram, facts.childStackTop, UnsafeMutableRawPointer(mutating: plan))
    must(plan, .startProgram, child)
    // Its child needed one for the cgroup namespace; reaping needs none.
    must(plan, .dropCapabilities, cl_capset(0, 0, 0))
    watch(plan, until: child)
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
    var capability: UInt = 0
    while capability < 64 {
        let result = cl_prctl(PR_CAPBSET_DROP, capability, 0)
        // The first number that this kernel does not know ends the list.
        if result == -Int(EINVAL) { break }
        must(plan, .dropBounding, result)
        capability += 1
    }
    must(plan, .becomeGroup, cl_setresgid(plan.pointee.insideIdentity))
    must(plan, .becomeUser, cl_setresuid(plan.pointee.insideIdentity))
    must(plan, .forbidPrivileges, cl_prctl(PR_SET_NO_NEW_PRIVS, 1, 0))
    // Init itself can neither be traced nor looked into by the program, which has its identity.
    must(plan, .allowMapping, cl_prctl(PR_SET_DUMPABLE, 0, 0))
}

/// Reaps every orphan and answers calls of `listen`; ends when the program has, or when a process made
/// a call that the filter ends the run for.
private func watch(_ plan: UnsafePointer<ChildPlan>, until program: Int) -> Never {
    let page = plan.pointee.page
    var listener = page.pointee.listener
    // The streams are the program's alone from here: a reader waits for the last writer to go. Where
    // the child failed before the filter, nothing is in its place yet.
    _ = cl_close_range(0, listener >= 0 ? UInt32(listenerPlace) - 1 : UInt32(mountsPlace))
    _ = cl_close_range(UInt32(mountsPlace) + 1, UInt32.max)
    let children = cl_signal_descriptor(SIGCHLD)
    must(plan, .watchProgram, children)
    var ration = ListenerRation()
    while true {
        var calls: Int16 = 0
        var ends: Int16 = 0
        let result = cl_poll_two(listener, Int32(children), &calls, &ends)
        if result < 0 && result != -Int(EINTR) { giveUp(plan, .watchProgram, result) }
        if calls & Int16(POLLIN) != 0 {
            answerFilter(plan, listener, &ration)
        } else if calls != 0 {
            // Nobody is left under the filter; whoever ended last is reaped below.
            listener = -1
        }
        if ends != 0 { reap(plan, Int32(children), until: program) }
    }
}

/// Answers a call of `listen`, and ends the run with any other; returns also when whoever made the call
/// has ended meanwhile.
///
/// A call that ends the run never happens: its process waits in the kernel, and is killed there. One
/// that goes on has the arguments that were looked at, because they are no pointers.
private func answerFilter(
    _ plan: UnsafePointer<ChildPlan>, _ listener: Int32, _ ration: inout ListenerRation
) {
    var mark: UInt64 = 0
    var number: Int32 = 0
    var architecture: UInt32 = 0
    var second: UInt64 = 0
    guard cl_filtered_call(listener, &mark, &number, &architecture, &second) >= 0 else { return }
    let listen = plan.pointee.listenCall
    if number == listen.number && architecture == listen.architecture {
        _ = cl_answer_call(listener, mark, ration.answer(backlog: second))
        return
    }
    plan.pointee.page.pointee.filteredCall = number
    plan.pointee.page.pointee.filteredArchitecture = architecture
    // Before the listener goes with init, which would let the process return from its call.
    _ = kill(-1, SIGKILL)
    end(plan, exitCode: -1, signal: SIGSYS)
}

private func reap(
    _ plan: UnsafePointer<ChildPlan>, _ children: Int32, until program: Int
) {
    // Signals that come while one is pending are one: it is taken first, then all that ended.
    while cl_take_signal(children) > 0 {}
    var exitCode: Int32 = -1
    var signal: Int32 = -1
    while true {
        let pid = cl_wait_ended(&exitCode, &signal)
        if pid == program {
            // Orphans of the program that ended before it are in this, too.
            cl_get_counts(Int32(RUSAGE_CHILDREN.rawValue), &plan.pointee.page.pointee.counts)
            plan.pointee.page.pointee.hasCounts = true
            end(plan, exitCode: exitCode, signal: signal)
        }
        if pid == 0 { return }
        if pid < 0 && pid != -Int(EINTR) { giveUp(plan, .watchProgram, pid) }
    }
}

/// Reports how the program ended and ends init, upon which the kernel kills what is left. Who waits for
/// this is told before, and gets the mount namespace: see `Sandbox.gate`.
private func end(_ plan: UnsafePointer<ChildPlan>, exitCode: Int32, signal: Int32) -> Never {
    let page = plan.pointee.page
    page.pointee.exitCode = exitCode
    page.pointee.signal = signal
    page.pointee.endedAt = cl_monotonic_nanoseconds()
    var (byte, mounts): (UInt8, Int32) = (0, mountsPlace)
    _ = cl_send_packet(gatePlace, &byte, 1, &mounts, 1)
    cl_exit(0)
    while true {}
}
