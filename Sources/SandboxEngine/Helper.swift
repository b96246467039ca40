// Theory of operation. Four processes stand one inside the other:
//
//   worker          asks over a socket; lives in the host's namespaces
//   helper, outer   unshares PID, mount, network, IPC and UTS namespaces, before them a user
//                   namespace where the worker is not root; only waits
//   helper, inner   PID 1 there; builds a minimal read-only tree, makes it its root, and serves
//                   requests; single-threaded, so that its clones may be used like forks
//   init            per run, in seven namespaces of its own; starts the program as PID 2
//
// Whoever ends takes those inside along: the inner helper ends when its socket does, and with PID 1
// goes its namespace. The host's files are not in the tree that a run inherits, cgroups are reached
// by descriptors that the program never gets, and everything a run is judged by is measured outside.

import CLinux
import Glibc
import Linux
import SandboxProtocol

/// The helper program: serves one worker over descriptor 3 until that is gone.
package enum Helper {
    private static let socket: Int32 = 3

    /// Runs the helper.
    /// - Returns: the exit code: 0 when the worker was done, 64 when there is no worker, 70 otherwise;
    ///   with arguments that of the mode they name.
    package static func main() -> Int32 {
        let mode = CommandLine.arguments.dropFirst()
        if let name = mode.first { return HelperMode.main(name, Array(mode.dropFirst())) }
        // Whatever the worker or its parents left open is not for here.
        _ = cl_close_range(UInt32(socket) + 1, UInt32.max)
        guard let first = try? Packets.receive(from: socket) else {
            let text = "judge-sandbox: this program is started by judge and serves it alone\n"
            try? writeAll(Array(text.utf8), to: 2, "standard error")
            return 64
        }
        // What the worker's parents ignored would stay ignored in every program.
        for number: Int32 in 1...64 { _ = cl_default_signal(number) }
        _ = signal(SIGPIPE, SIG_IGN)
        do throws(KernelError) {
            switch try? HelperRequest(decoding: first.bytes) {
            case .setUp(let setup):
                return try start(setup, first.descriptors)
            case .setUpLan(let setup):
                for descriptor in first.descriptors { _ = cl_close(descriptor) }
                return try LanService(setup, socket: socket) { () throws(KernelError) in
                    try awaitMap()
                }.serve()
            default:
                reply(.failed("the worker did not begin with the set-up it was to send"))
                return 70
            }
        } catch {
            reply(.failed(error.withMend))
            return 70
        }
    }

    private static func start(
        _ setup: HelperSetup, _ descriptors: [Int32]
    ) throws(KernelError) -> Int32 {
        var cgroups = descriptors
        let shared = setup.joinsLan ? cgroups.popLast() : nil
        guard !setup.joinsLan || shared != nil else {
            throw KernelError("join", "the LAN's user namespace", errno: EBADF)
        }
        try HelperNamespaces.make(setup.standing, joining: shared) { () throws(KernelError) in
            try awaitMap()
        }
        if let shared { _ = cl_close(shared) }
        return try startInner(setup, cgroups: cgroups)
    }

    /// Says that the user namespace is there, and waits until the worker has mapped it.
    private static func awaitMap() throws(KernelError) {
        try Packets.send(HelperReply.awaitsMap.encoded(), to: socket)
        let packet = try Packets.receive(from: socket)
        for descriptor in packet?.descriptors ?? [] { _ = cl_close(descriptor) }
        guard let packet, case .mapped = try? HelperRequest(decoding: packet.bytes) else {
            throw KernelError("map", "the helper's users: the worker is gone", errno: EPIPE)
        }
    }

    /// The outer helper's whole life: PID 1 of the new PID namespace must be a child.
    private static func startInner(
        _ setup: HelperSetup, cgroups: [Int32]
    ) throws(KernelError) -> Int32 {
        var arguments = clone_args()
        arguments.exit_signal = UInt64(SIGCHLD)
        let pid = try check(cl_clone3(&arguments), "start", "the inner helper")
        if pid == 0 {
            _ = cl_prctl(PR_SET_PDEATHSIG, 9, 0)
            cl_exit(serve(setup, cgroups: cgroups))
        }
        _ = cl_close(socket)
        for descriptor in cgroups { _ = cl_close(descriptor) }
        OwnMemory.release()
        var code: Int32 = -1
        var signal: Int32 = -1
        var usage = rusage()
        while true {
            let ended = cl_wait_any(&code, &signal, &usage)
            if ended == pid { return code >= 0 ? code : 70 }
            if ended < 0 && ended != -Int(EINTR) { return 70 }
        }
    }

    private static func serve(_ setup: HelperSetup, cgroups: [Int32]) -> Int32 {
        let service: HelperService
        do throws(KernelError) {
            service = try HelperService(setup, cgroups: cgroups, socket: socket)
        } catch {
            reply(.failed(error.withMend))
            return 70
        }
        OwnMemory.release()
        reply(.done)
        return service.serve()
    }

    private static func reply(_ reply: HelperReply) {
        try? Packets.send(reply.encoded(), to: socket)
    }
}
