// Theory of operation. Between clone and exec nothing may allocate: init is a copy of the helper and
// the program's child shares init's memory until it execs. So all that both need is laid out
// in one plain struct of numbers and pointers, in memory shared with the helper, which adds there what
// is to run; and what they find out goes into a page that is shared, too. This file imports nothing but C; CI compiles it once more with
// `-no-allocations` to hold it to that.

import CLinux

#if canImport(Glibc)
    import Glibc
#endif

/// What a step of the set-up is called when it fails. Raw values travel through the shared page.
enum Step: Int32 {
    case none = 0
    case dieWithHelper
    case allowMapping
    case denySetgroups
    case mapUser
    case mapGroup
    case nameHost
    case limitConnections
    case mountProc
    case mountTmp
    case protectBox
    case raiseLoopback
    case bindCpu
    case keepMounts
    case dropBounding
    case becomeGroup
    case becomeUser
    case watchProgram
    case awaitRun
    case startProgram
    case joinCgroup
    case cgroupNamespace
    case newSession
    case arrangeStreams
    case closeDescriptors
    case restrictFiles
    case setLimit
    case enterDirectory
    case dropCapabilities
    case forbidPrivileges
    case installFilter
    case execProgram
}

/// What init and the program's child report, in a page shared with the helper.
struct RunPage {
    var failedStep: Int32 = 0
    var failedErrno: Int32 = 0
    /// Right before exec; 0 while the program has not been reached.
    var startedAt: Int64 = 0
    /// When init saw the program end; 0 while it has not.
    var endedAt: Int64 = 0
    var exitCode: Int32 = -1
    var signal: Int32 = -1
    /// Descriptor in init at which calls wait that the filter ends the run for; below 0 while there
    /// is none.
    var listener: Int32 = -1
    /// Descriptor in init of its mount namespace.
    var mounts: Int32 = -1
    /// Such a call: its number and the AUDIT_ARCH of the table it was made through, 0 for none.
    var filteredCall: Int32 = 0
    var filteredArchitecture: UInt32 = 0
    /// CPU time of the child's set-up that the run's cgroup has counted, nanoseconds; of use when
    /// `startedAt` is set.
    var childCpu: Int64 = 0
    /// What the child counted before exec, and what it and those that it waited for had when init
    /// reaped it.
    var childCounts = cl_counts()
    var counts = cl_counts()
    var hasCounts = false
}

/// One rlimit: resource and value.
struct ResourceLimit {
    var resource: Int32
    var value: UInt64
}

/// Texts that init needs: a literal handed to C would be copied to the heap first.
struct ChildTexts {
    var proc: UnsafePointer<CChar>
    var procOptions: UnsafePointer<CChar>
    var mounts: UnsafePointer<CChar>
    var space: UnsafePointer<CChar>
    var box: UnsafePointer<CChar>
    var loopback: UnsafePointer<CChar>
    var setgroups: UnsafePointer<CChar>
    var deny: UnsafePointer<CChar>
    var userMap: UnsafePointer<CChar>
    var groupMap: UnsafePointer<CChar>
    var receivedFile: UnsafePointer<CChar>
    var receivedText: UnsafePointer<CChar>
    var rememberedFile: UnsafePointer<CChar>
    var rememberedText: UnsafePointer<CChar>
}

/// All that init and the program's child do, in the order they do it. What follows `announces` is laid
/// out when the run has come.
struct ChildPlan {
    var page: UnsafeMutablePointer<RunPage>
    var texts: ChildTexts
    /// One line for uid_map and gid_map alike.
    var identityMap: UnsafePointer<CChar>
    var insideIdentity: UInt32
    var hostname: UnsafePointer<CChar>
    var tmpMount: Int32
    var protectsBox: Bool
    var hasLoopback: Bool
    /// Bits of processors; all zero for any.
    var cpuMask: UnsafePointer<UInt>
    var cpuMaskBytes: Int
    /// The run's `tasks` files on cgroup v1; init is cloned into its group on v2.
    var cgroupTasks: UnsafePointer<Int32>
    var cgroupTaskCount: Int
    /// Landlock rules; -1 where the kernel has none.
    var fileRules: Int32
    var filter: UnsafeMutablePointer<sock_fprog>
    var listenCall: ListenCall
    /// One past the highest address of the child's own stack.
    var childStackTop: UnsafeMutableRawPointer
    var limits: UnsafePointer<ResourceLimit>
    var limitCount: Int
    /// Of descriptors, which is taken on last.
    var openFiles: UInt64
    var directory: UnsafePointer<CChar>
    /// Socket at which the child waits for a packet with the program's descriptors 0, 1, 2, ….
    var gate: Int32
    /// Whether the child says there that it is ready, so that it can be told who it is.
    var announces: Bool
    var streamCount: Int
    /// Paths to try in order, ended by nil.
    var programs: UnsafePointer<UnsafeMutablePointer<CChar>?>
    var arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>
    var environment: UnsafePointer<UnsafeMutablePointer<CChar>?>
}

/// CPU time of the calling process so far, nanoseconds.
func ownCpuTime() -> Int64 { cpuTime(by: CLOCK_PROCESS_CPUTIME_ID) }

/// CPU time of the process whose clock this is, nanoseconds.
func cpuTime(by clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// Writes the failed step into the page and ends the process.
func giveUp(_ plan: UnsafePointer<ChildPlan>, _ step: Step, _ result: Int) -> Never {
    plan.pointee.page.pointee.failedErrno = Int32(truncatingIfNeeded: -result)
    plan.pointee.page.pointee.failedStep = step.rawValue
    cl_exit(125)
    while true {}
}

/// Goes on when `result` is a success, else gives up at `step`.
func must(_ plan: UnsafePointer<ChildPlan>, _ step: Step, _ result: Int) {
    if result < 0 { giveUp(plan, step, result) }
}
