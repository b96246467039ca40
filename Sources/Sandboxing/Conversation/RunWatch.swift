// Theory of operation. What a run is doing is asked of the kernel, from outside: the run's cgroup lists
// its threads, /proc says of each whether it waits, in which call, and how often it gave up the
// processor. A thread that waits at two looks and gave it up as often at the second as at the first
// has done nothing in between. Nothing here changes a run but `stop`.

import Glibc
import Linux
import SandboxProtocol

/// A view of the run that goes on in one slot, or is about to, for any thread.
package final class RunWatch: Sendable {
    private let helper: HelperConnection
    /// The slot's directories in each hierarchy, owned.
    private let cgroups: OwnedNumbers
    private let version: CgroupVersion
    /// The process that moves the run's output, as the host counts; nil where it was not found.
    private let mover: Int32?
    /// The account of CPU time on v1 before the run.
    private let before: Int64?

    private static let taskLimit = 512
    private static let descriptorLimit = 1_024

    init(
        of helper: HelperConnection, cgroups: [Int32], _ version: CgroupVersion
    ) throws(KernelError) {
        self.helper = helper
        self.version = version
        var copies: [Int32] = []
        for directory in cgroups { copies.append(try Descriptor.duplicate(directory).release()) }
        self.cgroups = OwnedNumbers(copies)
        mover = helper.servingProcess
        before = Self.account(copies)
    }

    /// Ends the run that goes on; its report comes all the same. Without effect while there is none.
    func stop() { helper.cancel() }

    /// CPU time of the run so far, in nanoseconds; nil while there is none.
    func cpuTime() -> Int64? {
        guard let group = group(in: 0) else { return nil }
        guard version == .v2 else {
            return Self.account(cgroups.numbers).flatMap { now in before.map { now - $0 } }
        }
        let text = (try? readControl("\(group)/cpu.stat")) ?? ""
        for line in text.split(separator: "\n") where line.hasPrefix("usage_usec ") {
            return Int64(line.dropFirst(11)).map { $0 * 1_000 }
        }
        return nil
    }

    /// All threads of the run, those of its init apart; empty while there is none, and when it has too
    /// many to be looked at.
    func tasks() -> [RunTask] {
        guard let group = group(in: 0) else { return [] }
        let list = version == .v1 ? "tasks" : "cgroup.threads"
        let numbers = ((try? readControl("\(group)/\(list)")) ?? "").split(separator: "\n")
        guard numbers.count <= Self.taskLimit else { return [] }
        return numbers.compactMap { Int32($0) }.map { RunTask($0) ?? .unknown($0) }
            .filter { !$0.isInit }
    }

    /// The run's mover of output; nil where it cannot be looked at.
    func moverTask() -> RunTask? { mover.flatMap { RunTask($0) } }

    /// Whether something that some process of the run has open may end its waiting: a timer that can
    /// be read, or a socket. What cannot be looked at may.
    func mayWake(_ tasks: [RunTask]) -> Bool {
        for process in Set(tasks.map(\.process)) where process != mover {
            let directory = "/proc/\(process)/fd"
            guard let names = try? directoryNames(directory), names.count <= Self.descriptorLimit
            else { return true }
            for name in names {
                guard let target = try? linkTarget("\(directory)/\(name)") else { continue }
                if target.contains("timerfd") { return true }
                guard target.hasPrefix("socket:"), let number = Int32(name) else { continue }
                // One that is gone since was closed by somebody who does something.
                if (try? waitingMayEnd(atSocket: number, of: process)) != false { return true }
            }
        }
        return false
    }

    /// The slot's account of CPU time on v1: what is added to it is the run's.
    private static func account(_ cgroups: [Int32]) -> Int64? {
        guard cgroups.count == 3 else { return nil }
        let slot = "/proc/self/fd/\(cgroups[2])"
        return (try? readControl("\(slot)/cpuacct.usage")).flatMap { Int64($0) }
    }

    private func group(in hierarchy: Int) -> String? {
        guard cgroups.numbers.indices.contains(hierarchy) else { return nil }
        let slot = "/proc/self/fd/\(cgroups.numbers[hierarchy])"
        let run = (try? directoryNames(slot))?.first { $0.hasPrefix("run-") }
        return run.map { "\(slot)/\($0)" }
    }
}

/// A child of a process, as /proc lists them; nil when there is none.
func childProcess(of parent: Int32) -> Int32? {
    let numbers = ((try? directoryNames("/proc")) ?? []).compactMap { Int32($0) }
    return numbers.first { number in
        // The fourth field, counted from behind the name, which may hold anything.
        let text = (try? readControl("/proc/\(number)/stat")) ?? ""
        guard let end = text.lastIndex(of: ")") else { return false }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 1 && Int32(fields[1]) == parent
    }
}

/// Descriptors that close with their owner.
final class OwnedNumbers: Sendable {
    let numbers: [Int32]

    init(_ numbers: [Int32]) {
        self.numbers = numbers
    }

    deinit {
        for number in numbers { _ = Glibc.close(number) }
    }
}

/// One thread at one moment.
struct RunTask: Equatable {
    var number: Int32
    /// The process that it belongs to.
    var process: Int32
    /// Whether it belongs to the first process of its PID namespace.
    var isInit: Bool
    /// As the kernel writes it: `S` sleeps, `T` is stopped, `Z` has ended.
    var state: Character
    /// How often it gave the processor up.
    var switches: Int64
    /// nil while it is in none, and where the kernel does not say.
    var call: WaitingCall?
    /// Whether the kernel does not say, to whoever runs the judge.
    var isHidden = false

    /// A thread that has gone since it was listed.
    static func unknown(_ number: Int32) -> RunTask {
        RunTask(
            number: number, process: number, isInit: false, state: "?", switches: -1, call: nil)
    }

    private init(
        number: Int32, process: Int32, isInit: Bool, state: Character, switches: Int64,
        call: WaitingCall?
    ) {
        self.number = number
        self.process = process
        self.isInit = isInit
        self.state = state
        self.switches = switches
        self.call = call
    }

    /// nil when the kernel has no such thread.
    init?(_ number: Int32) {
        guard let status = try? readControl("/proc/\(number)/status") else { return nil }
        self.init(
            number: number, process: number, isInit: false, state: "?", switches: 0, call: nil)
        for line in status.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
            guard words.count > 1 else { continue }
            switch words[0] {
            case "State:": state = words[1].first ?? "?"
            case "Tgid:": process = Int32(words[1]) ?? number
            case "NSpid:": isInit = words.count > 2 && words.last == "1"
            case "voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:":
                switches += Int64(words[1]) ?? 0
            default: break
            }
        }
        guard state == "S" else { return }
        do throws(KernelError) {
            call = WaitingCall(try readControl("/proc/\(number)/syscall"))
        } catch {
            // One that has just ended has no file either.
            isHidden = error.errno != ESRCH && access("/proc/\(number)", F_OK) == 0
        }
    }

    /// Whether it waits for bytes out of a pipe, named as the kernel does; or for one of several things,
    /// which is taken to be among them.
    func isListening(to pipe: String) -> Bool {
        guard state == "S", let source = call?.source else { return false }
        switch source {
        case .several: return true
        case .descriptor(let descriptor):
            return (try? linkTarget("/proc/\(number)/fd/\(descriptor)")) == pipe
        }
    }

    /// Whether it does nothing until somebody else does something.
    var waitsEndlessly: Bool {
        switch state {
        case "S": call?.isEndless ?? false
        case "T", "Z", "X": true
        default: false
        }
    }

    var hasEnded: Bool { state == "Z" || state == "X" }
}
