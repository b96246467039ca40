// Theory of operation. Mode `probe` is what the judge attacks its own sandbox with: the worker runs it
// as the program of a run and tells it what was planted outside. Each probe is a process of its own
// that tries one way out and prints `NAME<TAB>held: why` or `NAME<TAB>through: what`. Nothing here
// does harm where it succeeds, so that tests run all of it outside of any sandbox and see it succeed.

import CLinux
import Glibc
import Linux

/// How one probe ended.
enum ProbeAnswer {
    case held(String)
    case through(String)

    var text: String {
        switch self {
        case .held(let why): "held: \(why)"
        case .through(let what): "through: \(what)"
        }
    }

    /// Held when a call failed as `errors` say, each an errno.
    static func call(_ result: Int, _ what: String, heldBy errors: [Int32]) -> ProbeAnswer {
        if result >= 0 { return .through("\(what) succeeds") }
        let error = Int32(truncatingIfNeeded: -result)
        return errors.contains(error)
            ? .held(errorText(error)) : .through("\(what) answers: \(errorText(error))")
    }

    /// The first that is through, else the last.
    static func all(_ answers: [ProbeAnswer]) -> ProbeAnswer {
        for case .through(let what) in answers { return .through(what) }
        return answers.last ?? .through("nothing was tried")
    }
}

/// What the worker planted outside, as arguments `key=value` tell it.
struct PlantedThings {
    private var values: [String: String] = [:]

    mutating func take(_ argument: String) -> Bool {
        guard let sign = argument.firstIndex(of: "=") else { return false }
        values[String(argument[..<sign])] = String(argument[argument.index(after: sign)...])
        return true
    }

    subscript(key: String) -> String { values[key, default: ""] }
    func number(_ key: String) -> Int? { values[key].flatMap { Int($0) } }
}

enum Probes {
    typealias Probe = @Sendable (PlantedThings) -> ProbeAnswer

    /// By the names that the worker asks for.
    private static let all: [String: Probe] = [
        "host-file": hostFile, "host-process": hostProcess, "host-listener": hostListener,
        "host-socket": hostSocket, "host-lock": hostLock, "environment": environment,
        "descriptors": descriptors, "write-outside": writeOutside, "kernel-files": kernelFiles,
        "mount": mount, "namespaces": namespaces, "trace": trace, "privileges": privileges,
        "interfaces": interfaces, "socket-families": socketFamilies, "io-uring": ioUring,
        "keyrings": keyrings, "bpf": bpf, "perf-events": perfEvents, "core-handler": coreHandler,
        "userfaultfd": userfaultfd,
        "leave": leave, "leftovers": leftovers, "processes": processes, "memory": memory,
        "cpu-time": cpuTime, "wall-time": wallTime, "output": output,
    ]

    /// Runs the probes that are named, in order.
    /// - Returns: 0 when all held, else 1.
    static func main(_ arguments: [String]) -> Int32 {
        var planted = PlantedThings()
        var code: Int32 = 0
        for argument in arguments where !planted.take(argument) {
            guard let probe = all[argument] else {
                HelperMode.tell(argument, "through: there is no such probe")
                code = 1
                continue
            }
            let ended = HelperMode.inChild {
                let answer = probe(planted)
                HelperMode.tell(argument, answer.text)
                if case .through = answer { return 1 }
                return 0
            }
            guard let ended else {
                HelperMode.tell(argument, "held: ended by a signal")
                continue
            }
            if ended != 0 { code = 1 }
        }
        return code
    }

    /// Opens a path and takes back its result: a descriptor that is closed again, or -errno.
    static func tryOpen(_ path: String, _ flags: Int32) -> Int {
        let fd = cl_openat(AT_FDCWD, path, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
        if fd >= 0 { _ = cl_close(Int32(fd)) }
        return fd
    }
}
